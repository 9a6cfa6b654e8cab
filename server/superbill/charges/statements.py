"""What clinical notes state, by concept: the words that satisfy a documentation rule, and what denies them.

A concept is a name and the phrases that state it. Rules ask for concepts, never for words, and their documentation
lists the phrases, so that a reader can see why a rule spoke or kept silent. A phrase is a regular expression over
lower-case text, in which all white space has become one blank.

What does not count as stated: placeholders ([...], {...}, ***, ____), lines that end in one after a colon, boxes
left unticked, comments, template sentences ("If 3-D was made, state ..."), "yes / no" left open, and the lines that
list the charges, since the words beside a code are the code's, not the physician's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from superbill.charges.model import Statement

#: Headings of a note and the kind of section each opens.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "history": (
        "hpi", "chief complaint", "cc", "history of present illness", "subjective", "interval history",
        "reason for visit", "history and physical", "presenting problem", "current problems",
    ),
    "indication": (
        "indication", "indications", "clinical indication", "clinical indications", "clinical history", "history",
        "reason for exam", "reason for study", "reason for examination", "reason for the exam", "reason for test",
        "clinical information", "clinical question", "question", "indication for procedure", "indication for exam",
        "indication for study", "indications for procedure",
    ),
    "technique": (
        "technique", "procedure", "procedures", "protocol", "examination technique", "description of procedure",
        "procedure in detail", "procedure note", "procedure details", "procedure description", "operation",
        "description of operation", "details of procedure", "procedure performed", "procedures performed",
        "post-processing", "postprocessing", "post processing", "image processing", "technical details",
    ),
    "comparison": ("comparison", "comparisons", "comparison studies", "prior studies", "prior exams", "priors",
                   "comparison exam", "comparison study"),
    "findings": (
        "findings", "results", "3d findings", "3-d findings", "operative findings", "findings and impression",
        "findings/impression", "3d", "3-d", "3d rendering", "3-d rendering", "3d reconstructions", "3-d reconstructions",
        "report", "interpretation and findings",
    ),
    "exam": ("exam", "examination", "physical exam", "physical examination", "objective", "study", "exam performed",
             "examination performed", "study performed", "review of systems", "ros"),
    "impression": ("impression", "impressions", "conclusion", "conclusions", "opinion", "interpretation",
                   "final impression", "summary of findings"),
    "assessment": (
        "assessment", "assessments", "assessment and plan", "assessment/plan", "a/p", "a&p", "a & p",
        "assessment & plan", "assessment and recommendations", "medical decision making", "mdm", "problems addressed",
        "problem list", "diagnosis", "diagnoses",
    ),
    "plan": ("plan", "recommendation", "recommendations", "follow-up plan", "disposition", "plan of care"),
    "attestation": ("attestation", "supervision", "signature", "signed", "electronically signed by",
                    "teaching physician attestation", "physician attestation"),
    "charges": ("charges", "billing", "codes", "cpt", "cpt codes", "cpt code", "coding", "procedure codes", "superbill",
                "charge capture", "billing codes", "hcpcs", "cpt/hcpcs", "charge", "codes billed", "billed"),
}  # fmt: skip

_HEADING_KIND = {name: kind for kind, names in SECTIONS.items() for name in names}

_W = r"(?:[\w'/(),-]+ )"  # a word and the blank after it
_3D = r"(?:3[- ]?d|3[- ]?dimensional|three[- ]dimensional)"
_RENDERED = rf"(?:{_3D}|volume[- ]render\w*|mips?|maximum intensity projections?|surface[- ](?:render|shad)\w*|shaded[- ]surface\w*)"
_IMAGES = r"(?:images?|views?|reconstructions?|renderings?|models?|reformations?|projections?|displays?|data ?sets?|post-?processing|volumes?)"
_DOCTOR = r"(?:i|(?:the |an? |this |our )?(?:interpreting |attending |supervising |reading |staff )?(?:radiologist|physician|attending|cardiologist|surgeon)|dr\.? \w+)"

#: Concepts and the phrases that state them.
CONCEPTS: Mapping[str, tuple[str, ...]] = {
    # 3-D rendering
    "concurrent-supervision": (
        rf"concurrent(?:ly)? {_W}{{0,5}}(?:supervis\w+|participat\w+|oversight|direction|monitor\w+)",
        rf"supervis\w+ {_W}{{0,5}}concurrent\w*",
        r"(?:under|with) (?:[\w'-]+ ){0,4}supervision",
        r"supervised (?:concurrently )?by\b",
        rf"{_DOCTOR} (?:concurrently |personally |directly |actively |also |was present and )*(?:supervis\w+|oversaw|directed|participated in)",
        rf"{_DOCTOR} (?:concurrently |personally |directly )*(?:performed|created|generated|made|produced|rendered|reconstructed|post-?processed) {_W}{{0,4}}(?:{_RENDERED}|post-?processing|rendering|reconstruct\w+|segmentation)",
        rf"(?:{_RENDERED}|post-?processing|rendering|reconstructions?|{_IMAGES}) {_W}{{0,8}}by (?:me|myself)\b",
        rf"(?:{_RENDERED}|post-?processing|rendering|reconstructions?|{_IMAGES}) {_W}{{0,8}}(?:performed|created|generated|made|produced|rendered|processed|reconstructed) {_W}{{0,4}}by {_DOCTOR}\b",
        r"(?:physician|radiologist)[- ](?:supervised|directed|guided|monitored)",
        r"supervis(?:ing|ion by the|ion by) (?:physician|radiologist|dr)",
        rf"(?:physician|radiologist)(?:'s)? {_W}{{0,2}}(?:supervision|participation|oversight)",
        r"(?:active|direct|real-?time) participation", r"supervision ?: (?:[\w'-]+ )?(?:concurrent|direct|personal)",
    ),
    "independent-workstation": (
        rf"(?:independent|separate|dedicated|stand-?alone|off-?line|third-party|free-?standing) {_W}{{0,3}}work ?-?stations?",
        rf"work ?-?stations? {_W}{{0,2}}(?:independent|separate) (?:of|from)",
        r"(?:terarecon|vitrea|aquarius|syngo\.?via|aw server|advantage workstation|intellispace portal|ziostation|osirix)",
        r"independently of the (?:scanner|acquisition|modality)",
    ),
    "render-workstation": (
        rf"(?:{_3D}|post-?processing|advanced visuali[sz]ation|visuali[sz]ation|rendering) {_W}{{0,1}}work ?-?stations?",
        r"\bvisage\b",
    ),
    "render-3d": (
        rf"\b{_3D}\b", r"volume[- ]render\w*", r"maximum intensity projection\w*", r"\bmips?\b", r"shaded[- ]surface\w*",
        r"surface[- ](?:render|shad)\w*", r"\bssd\b", r"segmentation", r"\bvrt?\b", r"cinematic render\w*",
    ),
    "reformat-2d": (
        r"multi-?planar", r"\bmprs?\b", r"\b2[- ]?d (?:\w+ )?reformat\w*", r"reformatted images", r"curved[- ]planar",
        rf"(?:axial|coronal|sagittal|oblique)(?:,? (?:and |or )?(?:coronal|sagittal|oblique))* {_W}{{0,2}}(?:reformat\w*|reconstruction\w*|reformation\w*)",
    ),
    "render-reason": (
        rf"{_RENDERED} {_W}{{0,12}}(?:request\w*|order\w*|needed|necessary|required|indicated|(?:for|to aid|to assist|to help|to plan|to guide|to better|to further|to define|to evaluate|to assess|because|due to|in view of))",
        rf"(?:request\w*|order\w*|need(?:ed)?|medical(?:ly)? necess\w+|asked) {_W}{{0,8}}(?:{_RENDERED})",
        rf"(?:surgical|operative|pre-?operative|pre-?surgical|pre-?procedural|procedural|treatment|reconstruct\w+|interventional|therapy) {_W}?planning",
        r"for (?:[\w-]+ ){1,3}planning",
        rf"to (?:better |further )?(?:define|evaluate|assess|clarify|delineate|characteri[sz]e|visuali[sz]e|depict|display) {_W}{{0,7}}(?:anatomy|relationships?|extent|fractures?|margins?|fragments?|vascul\w+|vessels?|articular|deformity)",
        r"complex (?:\w+ )?(?:anatomy|fracture)",
    ),
    "render-findings": (
        rf"{_RENDERED} {_W}{{0,12}}(?:show\w*|demonstrat\w*|confirm\w*|reveal\w*|display\w*|depict\w*|findings?|interpretation|correlat\w+|interpreted|illustrat\w+|redemonstrat\w+)",
        rf"(?:on|from|by) (?:the |these |review of the )?(?:{_RENDERED}|rendered) (?:{_RENDERED} )?(?:{_IMAGES}|findings)",
        rf"\b(?:on|by) (?:the )?{_RENDERED}(?=[,.;)]|$)",
        rf"rendered {_W}{{0,2}}{_IMAGES} {_W}{{0,3}}(?:show\w*|demonstrat\w*|confirm\w*|reveal\w*|depict\w*)",
        rf"{_RENDERED} (?:[\w/-]+ ){{0,3}}?(?:{_IMAGES}|findings|interpretation)? ?:",
        rf"(?:best|better|well) (?:seen|appreciated|depicted|demonstrated|shown|evaluated) {_W}{{0,3}}(?:{_RENDERED}|rendered)",
    ),
    "render-participation": (
        rf"(?:region|volume|area|field)s?(?: of interest)? {_W}{{0,4}}(?:defined|selected|chosen|designed|designated|prescribed|outlined)",
        rf"(?:defin|select|cho+s|pick|design|outlin|prescrib)\w* {_W}{{0,3}}(?:regions?|volumes?|areas?|anatom\w+|tissues?|structures?|views?|projections?|images?|thresholds?)",
        rf"(?:tissues?|structures?|bones?|vessels?) {_W}{{0,4}}(?:selected|chosen|removed|segmented|displayed|edited|isolated|subtracted)",
        rf"(?:remov|segment|edit|isolat|subtract)\w* {_W}{{0,4}}(?:tissues?|structures?|bones?|vessels?|organs?)",
        rf"(?:images?|views?|projections?) {_W}{{0,5}}(?:selected|chosen|picked|kept|archived|saved|stored|annotated)",
        rf"archiv\w+ {_W}{{0,4}}(?:images?|views?)",
        rf"(?:adjust|monitor|modif|refin|rotat|manipulat)\w* {_W}{{0,5}}(?:rendering\w*|{_3D}|work product|reconstruction\w*|views?|{_IMAGES})",
        rf"(?:rendering|work product|reconstructions?) {_W}{{0,3}}(?:adjusted|monitored|modified|refined)",
    ),
    # the study itself
    "modality-ct": (r"\bct\b", r"computed tomograph\w*", r"\bcat scan", r"\bcta\b", r"cone[- ]beam", r"tomosynthesis"),
    "modality-mr": (r"\bmri?\b", r"magnetic resonance", r"\bmra\b", r"\bmrcp\b", r"\bmrv\b"),
    "modality-us": (
        r"ultraso\w+", r"\bus (?:of|exam|abd|pelvi|ob|obstetric|doppler)", r"sonogra\w+", r"echocardiogra\w+",
        r"\btte\b", r"\btee\b", r"rotational angiogra\w+", r"\bdsa\b", r"tomograph\w*", r"\bspect\b", r"\bpet\b",
    ),
    "angiography": (
        r"\b(?:ct|computed tomograph\w+)[- ]angiogra\w+", r"\bcta\b(?! ?b\b| bilat| b/l| to auscult)",
        r"\b(?:mr|magnetic resonance)[- ]angiogra\w+", r"\bmra\b",
    ),
    "nuclear": (
        r"\bpet(?:/ct|-ct| ct| scan| imag\w+)\b", r"\bspect\b", r"scintigra\w+", r"nuclear medicine", r"radionuclide",
        r"radiopharmaceutical", r"\bfdg\b", r"bone scan", r"perfusion scan",
    ),
    "limited-scope": (
        r"limited (?:to|in (?:extent|scope|range|coverage|field))",
        r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )\blimited\b(?! (?:by|due|secondary|because|sensitiv\w+|evaluation|assessment|visuali\w+|without|given|owing|in the absence|range of|mobility|value|historian|history|ambulat\w+|access))",
        r"locali[sz]ed", r"targeted", r"focused", r"abbreviated", r"\bspot (?:ct|scan|images?|slices?)", r"selective",
        rf"(?:restricted|confined|collimated) {_W}{{0,3}}(?:to|through) ", rf"only {_W}{{0,5}}(?:was|were) (?:scanned|imaged|included|covered|obtained|acquired)",
        rf"(?:scanned|imaged|images?|slices?|sections?|scan|coverage|scanning|covered|acquired) {_W}{{0,8}}only",
        r"only (?:through|the|at|a|an|of|from|over|\w+ (?:slices|sections|images|levels)) ",
        r"(?:single|one|two|three|four|five|six|seven|eight|nine|ten|twelve|few|several|selected|\d{1,2}) (?:\w+ ){0,2}(?:slices?|sections?|levels?)\b", r"(?:single|one) (?:area|region|lesion|nodule|collection|site)",
        r"area of (?:concern|interest)", r"region of (?:concern|interest)", r"(?:rather than|instead of|not) (?:an? |the )?(?:full|whole|entire|complete)",
    ),
    "complete-scope": (
        rf"(?<!in)\bcomplete (?:and \w+ )?{_W}{{0,2}}(?:ct|scan|study|exam\w*|imaging|series)\b",
        r"(?:entire|whole|full) (?:chest|thorax|abdomen|pelvis|head|neck|brain|spine|lung|extremity|region)",
        r"full (?:diagnostic )?(?:ct|scan|study|exam\w*|imaging)",
        rf"from (?:the |above the )?(?:level of the )?(?:lung|apices|diaphragm|dome|thoracic inlet|skull|vertex|liver dome|hepatic dome) {_W}{{0,4}}(?:through|to|down to) (?:the )?{_W}{{0,4}}(?:symphysis|pubi\w+|pelvi\w+|ischi\w+|adrenals?|vertex|foramen|skull base|diaphragm|bases|upper abdomen|toes)",
    ),
    "two-regions": (r"(?:chest|abdomen)(?:,| and)? (?:the )?(?:abdomen,? )?and (?:the )?pelvis", r"chest and (?:the )?(?:upper )?abdomen", r"head and (?:the )?neck"),
    "reimaging-reason": (
        r"(?:follow(?:ing)?[- ]?up|\bf/?u\b|re-?evaluat\w+|re-?assess\w*|re-?imag\w*|recheck\w*|surveillance|interval change|restag\w+|progress\w*|recurren\w+|respon[sd]\w*)",
        r"(?:evaluat\w+|assess\w*|rule[- ]?out|r/o|exclud\w*|concern\w*|suspect\w*|question\w*|to determine|to see|to check|to look|to confirm|to decide|wheth\w+|because|persist\w+|worsening|due to|in view of|history of|known|status post|s/p|monitor\w*|complain\w*|present\w* with|symptom\w*|pain\b|fever\w*)",
    ),
    "follow-up": (
        r"(?:short[- ]interval |interval |for |as a? ?|limited |locali[sz]ed )follow[- ]?up(?! (?:with|in clinic|appointment|visit|as needed|care))",
        r"follow[- ]?up (?:of|ct|scan|study|exam\w*|imaging|limited|evaluation of|for (?:known|previous\w*|prior|the))", r"\bf/u (?:of|ct|for)",
        r"subsequent (?:ct|scan|study)", r"surveillance (?:ct|scan|imaging|of)",
    ),
    "comparison": (
        r"compar(?:ed|ison)\w* (?:to|with|is made|:|was made|made|ct|mri?|exam|study)", r"prior (?:ct|scan|study|exam\w*|mri?|imaging|report)",
        r"since (?:the )?(?:prior|previous|last|\d)", r"(?:previous|earlier|last) (?:ct|scan|study|exam|mri?|imaging)",
        r"(?:prior|previous) \d", r"\d{1,2}/\d{1,2}/\d{2,4} (?:ct|study|exam|scan)", r"(?:ct|study|exam|scan) (?:of|from|dated|on) (?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
        r"unchanged", r"(?:interval|new|decreas\w+|increas\w+|resol\w+|enlarg\w+) (?:change|since|compared|in size|in the interval)", r"previously (?:seen|noted|measur\w+|described)",
    ),
    "post-procedure": (
        r"(?:immediately|directly|right|just|straight) (?:after|post|following)[- ]?(?: the)? (?:[\w-]+ ){0,3}(?:biopsy|ablation|drain\w*|placement|procedure|embolization|cryoablation|aspiration|injection|fixation|vertebroplasty|kyphoplasty)",
        r"(?:immediate )?post-?(?:procedur\w+|biopsy|ablation|drainage|placement|embolization) (?:[\w-]+ ){0,3}(?:ct|scan|scans|images?|imaging|slices?|check)",
        r"completeness of (?:the )?(?:ablation|drainage|resection|evacuation)",
    ),
    "position-check": (
        r"(?:ct|scan|images?|imaging|slices?|sections?) (?:[\w-]+ ){0,4}(?:to confirm|to check|to verify|to document|confirm\w*|for confirmation of|to assess) (?:[\w-]+ ){0,4}(?:catheter|drain|probe|needle|tip|electrode|stent|screw) (?:tip )?(?:position|placement|location)",
        r"(?:check|confirm\w*|verif\w+|document\w*) (?:the )?(?:position|placement|location) of (?:the |a )?(?:[\w-]+ ){0,2}(?:catheter|drain|probe|needle|tip|electrode|screw)",
    ),
    "earlier-procedure": (
        r"\b(?:\d+|one|two|three|four|several|few) (?:days?|weeks?|months?|years?) (?:ago|after|post|prior|earlier|following|since)", r"post-?op(?:erative)? (?:day|week)", r"yesterday", r"last (?:week|month|year)",
        r"(?:status post|s/p) (?:[\w-]+ ){0,4}(?:on|in) \d",
    ),
    "report-findings": (
        r"there (?:is|are|was|were) ", r"no evidence of", r"unremarkable", r"\bnormal\b", r"visuali[sz]ed", r"demonstrat\w+", r"\bshows?\b",
        r"measur(?:es|ing)", r"\bidentified", r"\bis (?:seen|noted|present|stable)", r"unchanged", r"\d ?(?:mm|cm)\b", r"\bno (?:acute|significant|focal|fracture|mass|pneumothorax|hemorrhage|effusion)",
        r"within normal limits", r"\bintact\b", r"\benlarged", r"opacit\w+",
    ),
    "report-impression": (
        r"in conclusion", r"my (?:interpretation|impression|read)", r"i (?:interpret|read) ", r"consistent with", r"suggestive of",
        r"compatible with", r"likely represents?", r"no acute (?:\w+ )?(?:abnormality|findings?|process)", r"(?:sinus|paced) rhythm", r"normal (?:study|exam\w*|ecg|ekg|ct|scan)",
    ),
    # visits and procedures
    "clinical": (
        r"(?:was|were|has been|have been) (?:then |subsequently |also )?(?:performed|obtained|acquired|made|created|generated|produced|reviewed|injected|prepped|excised|scanned|imaged|rendered|administered|given|placed|removed|examined|seen|evaluated|processed|reconstructed|advised|counsel\w+|started|frozen|treated|supervised|limited|done|taken|read|interpreted|noted|identified|applied|closed|cleaned|drained|discussed)",
        r"\d{1,3}[- ]?(?:year|yr|month)[- ]old", r"\b\d{1,3} ?(?:y/o|yo|yom|yof)\b", r"\b\d{2}[mf]\b", r"patient (?:is|was|has|presents?|presented|returns?|returned|reports?|reported|denies|complains?|tolerated|came|states)",
        r"\b(?:he|she) (?:is|was|has|presents?|presented|returns?|reports?|denies|complains?|tolerated|states|came|had)\b",
        r"\bi (?:have |personally |also |then |spent |concurrently )*(?:reviewed|examined|saw|performed|discussed|supervised|spent|evaluated|injected|explained|counsel\w+|read|interpreted|excised|drained|directed|addressed|adjusted|started)",
        r"\bpresents? (?:with|for|today)", r"tolerated", r"\bthere (?:is|are) (?:no|an?|\w+ed)\b", r"\b(?:is|are) (?:seen|noted|present|unremarkable|unchanged)\b", r"no evidence of", r"unremarkable", r"\bimages? (?:show|demonstrate|confirm|reveal)", r"seen (?:today|for|in)",
    ),
    "procedure-done": (
        r"prepped", r"sterile (?:technique|fashion|manner|conditions|drap\w+)", r"tolerated", r"\binjected", r"informed consent", r"consent (?:was )?(?:obtained|signed)",
        r"\bexcised", r"incision", r"lidocaine", r"time-?out", r"hemostasis", r"\bfrozen\b", r"liquid nitrogen", r"cryotherapy", r"\bdrained", r"sutur\w+", r"debrided", r"aspirated", r"needle was",
    ),
    "separate-visit": (
        r"significant(?:ly)?,? (?:and )?separate\w*", r"separately (?:identifiable|address\w*|evaluat\w*)", r"separate (?:from|and distinct|and significant|problem|evaluation|issue|complaint|concern|visit|e/?m|e&m)",
        r"(?:in addition|unrelated|apart|distinct|independent) (?:to|from|of) (?:the |today'?s )?(?:\w+ )?procedure",
        rf"(?:also|additionally|separately|in addition|as well|other|another|second|new) {_W}{{0,4}}(?:address\w*|evaluat\w*|discuss\w*|manag\w*|review\w*|complain\w*|problems?|concerns?|complaints?|issues?|symptoms?|report\w*|mention\w*|ask\w*|present\w*|want\w*|seen|examin\w*|adjust\w*|increas\w*|refill\w*|prescrib\w*|started)",
        r"hypertension|diabet\w+|\bcopd\b|asthma|heart failure|depress\w+|anxiety|hyperlipid\w+|hypothyroid\w*|\bgerd\b|migraine|\bckd\b|obesity|anemia|blood pressure|\bbp\b|a1c|cholesterol|fatigue|insomnia|medication\w*|\bmeds\b|refill\w*|prescri\w+|lab(?:s|oratory)\b|referr\w+|x-?rays? (?:were|was)? ?(?:ordered|reviewed)|mri (?:was )?ordered|differential|treatment options|options (?:were )?discussed|conservative (?:management|treatment|therapy)|physical therapy|risk of|counsel\w+|surgical options|chronic (?:problem|condition|illness|disease)|new (?:patient|problem)|full[- ]body|skin (?:exam|check)|physical exam\w*|review of systems|decided to|decision (?:was made )?to|elected to|workup|work-up",
        r"medical decision making|\bmdm\b",
    ),
    "mdm": (r"medical decision[- ]making", r"\bmdm\b", r"(?:low|moderate|high|straightforward) complexity"),
    "time-basis": (
        r"(?:based|billed|billing|coded|coding|selected|chosen|level(?:ed)?|reported) {0}(?:on|by|for|using|upon|from) (?:the )?(?:total )?time\b".replace("{0}", _W + "{0,4}"),
        r"time[- ]based (?:billing|coding|visit|code|level|service|e/?m)", r"level of service (?:is |was )?(?:based|determined|selected) (?:on|by) (?:the )?(?:total )?time",
        r"using (?:total )?time (?:as|to|for)", r"by (?:total )?time\b(?! of)",
    ),
    "distinct-encounter": (
        r"(?:separate|different|distinct|second|another|later|earlier|additional|subsequent|other|two|both) (?:\w+ ){0,2}(?:session|encounter|visit|trip|time|presentation|attendance|admission|day part|occasion)s?",
        r"(?:return(?:ed|s)?|came back|brought back|readmitted|re-?presented|called back) ", r"(?:later|earlier) (?:that|the same|this|in the|on the|today)",
        r"(?:this|that|the same|in the) (?:morning|afternoon|evening|night)", r"hours (?:later|after|earlier|before|apart)", r"on a separate", r"emergency department (?:later|that)",
        r"\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?(?:[^\n]{0,120}?)\d{1,2}:\d{2}",
    ),
    "distinct-service": (
        rf"(?:separate|separately|different|distinct|second|another|additional|other|unrelated) {_W}{{0,3}}(?:sites?|lesions?|incisions?|excisions?|organs?|injur\w+|areas?|specimens?|structures?|compartments?|nodules?|joints?|levels?|locations?|sides?|regions?|vessels?|arter\w+|veins?|lobes?|segments?|quadrants?|stud\w+|data ?sets?|acquisitions?|digits?|toes?|fingers?|muscles?|nerves?|approach\w*|access|puncture|wounds?|tumou?rs?|mass\w*|practitioners?|providers?|physicians?|surgeons?|clinicians?|blocks?|time|minutes|intervals?|problems?|purpose|indication|anatom\w+|interspaces?|portals?|area)",
        r"(?:two|three|four|five|both|multiple|each|several|\d) (?:\w+ ){0,2}(?:sites?|lesions?|levels?|areas?|specimens?|joints?|nodules?|regions?|fingers?|toes?|wounds?|polyps?|vessels?|territories)\b",
        r"contralateral", r"opposite", r"ipsilateral", r"non-?contiguous", r"not contiguous", r"not overlap\w*", r"non-?overlap\w*", r"elsewhere", r"remote from", r"unrelated to",
        r"(?:first|one|the other|a further|the second|a second) (?:\w+ ){0,2}(?:lesion|polyp|site|nodule|wound|joint|level)", r"lesion (?:#|no\.? ?|number |[ab12]\b)", r"(?:site|specimen) (?:#|no\.? ?|number )?[ab12]\b",
        r"\d{1,3} ?min\w*[^\n]{3,160}?\d{1,3} ?min", r"[lct]\d{1,2}[-/](?:[lcts]?\d)[^\n]{1,60}?[lct]\d{1,2}[-/](?:[lcts]?\d)", r"distinct (?:procedural )?service", r"independent of",
    ),
}  # fmt: skip

#: Concepts that a "no" before them does not turn round: "no fracture on the 3-D images" reads the 3-D images.
_UNDENIED = frozenset({"render-findings", "report-findings", "report-impression", "clinical", "reimaging-reason",
                       "render-reason", "mdm", "time-basis"})  # fmt: skip
#: Concepts that make a rule speak, and so count only where the sentence tells of this study, not of another one.
_PRESENT = frozenset({"angiography", "nuclear", "complete-scope", "two-regions", "post-procedure", "position-check",
                      "follow-up"})  # fmt: skip
_ASIDE = re.compile(
    r"\b(?:prior|previous(?:ly)?|compar\w+|history of|recommend\w*|consider|suggest(?:ed)? (?:a|to)|if (?:clinically|needed)|may be|could be"
    r"|would be|will be|earlier|last (?:ct|year|month|week)|outside|schedul\w+|planned|future|weeks? ago|months? ago|years? ago"
    r"|days? ago|status post|s/p|rather than|instead of|versus|next|yesterday|correlat\w+|since)\b"
)
#: Sentences that tell others what to do do not tell what was done.
_ADVICE = re.compile(
    r"\b(?:when(?:ever)?|unless|should|must|append|bill(?:ed|ing)?|report (?:the|it|only|both|[0-9a-v]\d{4})|use (?:the |of )?(?:modifier|code|[0-9a-v]\d{4})|claims?|payers?|coders?|modifiers?)\b"
)

# -- sides, minutes, places of the body ----------------------------------------------------------------------------

_SIDES = re.compile(
    r"\b(left|right|bilateral(?:ly)?|both)\b"
    r"(?![- ](?:hand(?:ed)?[- ]domin|handed|now|away|before|after|here|there|angle|the\b|against|ama\b|message|without|over\b|untreated|alone|in place|open\b|to right|heart|ventric|atri|bundle|axis"
    r"|coronary|anterior descending|main|circumflex|shift|upper quadrant|lower quadrant|middle lobe|upper lobe|lower lobe|lobe|hemidiaphragm|colon|hepatic|portal|eye domin|sided domin|at (?:home|bedside)|for (?:home|work)|with\b|by\b|on (?:his|her)))"
)
_NOT_A_SIDE = re.compile(
    r"(?:\b(?:all|that's|is|was|were|been|be|has|had|have|patient|pt|just|not|quite|he|she|they|nothing|then)\s+)$"
)
_HOURS = r"(\d{1,2})\s*(?:hours?|hrs?)\b(?:\s*(?:and|,)?\s*(\d{1,2})\s*(?:minutes?|mins?|min)\b)?"
_DURATION = re.compile(rf"(?<![\d:/.-])(?<!\bto )(?:{_HOURS}|(\d{{1,3}})\s*\+?[\s-]*(?:minutes?|mins?|min)\b)")
_RANGE = re.compile(r"\d\s*(?:-|to)\s*\d{1,3}\s*(?:minutes?|mins?|min)\b")
_OTHER_TIME = re.compile(
    r"\b(?:fluoro\w*|tourniquet|an(?:a)?esthe\w+|operative|procedure time|procedural|scan time|isch?emi\w+|infus\w+|cross-?clamp|bypass|nurs\w+|staff"
    r"|smok\w+|tobacco|cessation|advance care|exercis\w*|therapeutic|walk\w*|driv\w*|last(?:s|ed|ing)|every|ago|sedation|critical care|wait\w*"
    r"|prolonged|rest|symptoms?|episodes?|minutes (?:later|after|before)|within|apart|psychotherapy|monitoring|observ\w+|resident|student)\b"
)
_VISIT_TIME = re.compile(
    r"\btotal\b|\bin total\b|date of (?:the |this )?(?:encounter|service|visit)|\bspent\b.*\b(?:today|encounter|visit|preparing|reviewing|documenting|coordinat\w+|care of|with the patient)"
    r"|\btime spent\b"
)
_DAY_OF_VISIT = re.compile(
    r"(?:date|day) of (?:the |this )?(?:encounter|service|visit)|\b(?:encounter|visit|service) date\b"
)
_BODY = re.compile(
    r"\b(head|skull|facial|maxillofacial|mandible|scalp|forehead|temple|cheek|nose|nasal|lip|chin|ear|neck|chest|breast|back|abdom(?:en|inal)|flank|shoulder|arm|forearm|elbow|wrist|hand|finger"
    r"|thumb|hip|thigh|knee|calf|leg|ankle|foot|toe|heel|groin|buttock|axilla|lumbar|cervical|thoracic|sacr\w+|liver|kidney|lung|spleen|pancreas|thyroid"
    r"|bladder|colon|stomach|duodenum|esophagus|cecum|rectum|sigmoid|eyelid|uterus|ovary|prostate|jaw|orbit|brain|sinus|pelvis|face|trunk)(?:s|es)?\b"
)
_CLOCK = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b")

# -- what does not count as stated ---------------------------------------------------------------------------------

_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_UNTICKED = re.compile(r"(?:\[ ?\]|☐)[^\[\n☐☑☒|]*")
_TICKED = re.compile(r"\[[x✓✔]\]|[☑☒✓✔]")
_PLACEHOLDER = re.compile(
    r"\[[^\]\n]{0,200}\]|\{[^}\n]{0,120}\}|<[a-z][^>\n]{0,80}>|(?<!\w)\*{3,}(?!\w)|_{3,}|@\w+@|\.{4,}|\btbd\b|\bxxx+\b"
)
_HOLE = "\x00"
_UNFILLED = re.compile(rf"[:?=]\s*{_HOLE}[\s{_HOLE}.,;/)-]*$")
_UNDECIDED = re.compile(r"\byes ?(?:/|or|\|) ?no\b|\by ?/ ?n\b")
_CHARGE_LINE = re.compile(
    r"\s*(?:[-*+•|>]\s*|\d{1,2}[.)]\s+)?[*`]*(?:(?:cpt|hcpcs|codes?|billing|billed|bill|charges?|charged|procedure codes?|superbill|coding|modifiers?)\b"
    r"(?!\s+(?:was|were|because|since))[^:\n]{0,40}[:=]"
    r"|(?:cpt\W{0,3})?(?:[0-9]{5}|[0-9]{4}[fuma]|[a-eghj-mp-v][0-9]{4})(?:-[0-9a-z]{2})*\b(?![^.\n]{0,40}\b(?:was|were|is|are|has|performed|done)\b|-\d|/))"
)
_TEMPLATE = re.compile(
    r"^\W*(?:if\b|template\b|instructions?\b|state (?:whether|the|if|that|which|how)|document (?:whether|the|if|that|which)|describe (?:the|whether|any)"
    r"|indicate (?:whether|the|if)|specify\b|e\.?g\.?\b|examples?\b|delete\b|select\b|choose\b|insert\b|add (?:a |the )?(?:statement|sentence)"
    r"|remember to|to be completed|sample\b|when(?:ever)? .*\b(?:state|document|dictate|describe|add|include|record))"
    r"|\bplease (?:state|document|complete|fill|confirm|specify|indicate|describe|add|dictate)"
    r"|\b(?:must|should|shall|needs? to|required to|has to|have to|remember to|be sure to|make sure to) (?:\w+ ){0,2}(?:stat|document|describ|includ|specif|dictat|mention|list|record|say|attest)"
    r"|\bif (?:\w+ ){0,3}(?:performed|done|used|applicable|obtained|made|needed)\b|\b(?:select|choose|circle|check|pick) (?:one|all|as)\b|delete (?:if|as)\b"
)
_DENIED_BEFORE = re.compile(
    r"\b(?:no(?! longer| doubt)|not(?! only)|without|never|den(?:y|ies|ied)|deferred|nor|neither|cannot|unable to|lack of|lacking|absence of|absent|rather than"
    r"|instead of|\w*n't|declined|omitted)\b"
    r"(?:(?:[^\w,;:.()]+[\w'/-]+){0,6}|(?:[^\w;:.()]+[\w'/-]+){0,9}[^\w;:.()]+(?:or|nor)(?:[^\w,;:.()]+[\w'/-]+){0,4})[^\w,;:.()]*$"
)
_NOT_DENIED = re.compile(
    r"\b(?:but|however|though|although|except|while|whereas|contrast|complications?|difficult(?:y|ies)|incident|sedation|issues?|problems?|change|delay|adverse)\b"
)
_DENIED_AFTER = re.compile(
    r"^(?:[^\w,;:.()]+[\w'/-]+){0,3}?[^\w,;:.]+(?:(?:was|were|is|are|has|have|had|did|could|does|do)(?: been)? (?:not|never)\b|(?:was|were|is|are|did|has|does)n'?t\b"
    r"|not (?:used|required|performed|needed|available|obtained|done|indicated|applicable|made|given|necessary|provided|documented|stated|requested|ordered)|(?:was|were) (?:deferred|declined|omitted|unavailable)|unavailable)"
    r"|^[^\w,;.:]*(?:\w+ ?){0,3}\s*[:=?-]\s*(?:no\b|none\b|not\b|n/a\b|never\b|na\b|without\b)"
    r"|^\s*\(?(?:n/a|none)\b"
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")
_JOIN = re.compile(
    r"(?<=[^\n.:;!?])\n(?=[ \t]*[a-z0-9(\"'])(?![ \t]*[a-z][a-z0-9 /&-]{1,40}:)(?![ \t]*\d{1,2}[.)][ \t])"
)
_TITLE = re.compile(r"\bdr\.(?=[ \t]*[a-z])")
_ANSWERED = re.compile(r"\?(?=[ \t]*(?:yes|no|none|n/a)\b)")
_LABEL = re.compile(r"\s*(?:#{1,6}\s*|[-*+•>]\s+)*([a-z0-9][a-z0-9 /&-]{0,40}?)\s*:")
_WORD = re.compile(r"[a-z]{2,}")
#: A sentence longer than this is read in pieces, and a denial looked for no further away than this.
_LONGEST, _REACH = 1500, 160


@cache
def _compiled(concept: str) -> re.Pattern[str]:
    """One expression for all phrases of a concept, made when it is first asked for."""
    return re.compile("|".join(f"(?:{phrase})" for phrase in CONCEPTS[concept]))


def heading_kind(text: str) -> str:
    """The kind of section that a heading opens, "" when it opens none that is known."""
    name = " ".join(text.strip().strip("*#_: \t").lower().split())
    return _HEADING_KIND.get(name, "")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a block that state something: lower case, white space single, placeholders blanked out."""
    for sentence in _SENTENCE.finditer(_prepared(text)):
        whole = " ".join(sentence.group().split())
        for start in range(0, len(whole), _LONGEST):
            stated = whole[start : start + _LONGEST]
            if _UNFILLED.search(stated) or _UNDECIDED.search(stated):
                continue
            stated = stated.replace(_HOLE, " ").strip()
            if stated and not _TEMPLATE.search(stated):
                yield stated


def _prepared(text: str) -> str:
    """A block without what does not count, its lines joined where a sentence runs on."""
    lowered = text.lower().replace("\u2019", "'").replace("\u2013", "-").replace("\u2014", " - ").replace("\u00a0", " ")
    if "<!--" in lowered:
        lowered = _COMMENT.sub(" ", lowered)
    lowered = _TICKED.sub(" ", _UNTICKED.sub(" ", lowered))
    lowered = _TITLE.sub("dr", _PLACEHOLDER.sub(_HOLE, lowered)).replace("*", "").replace("`", "")
    kept = [line.rstrip() for line in lowered.split("\n") if not _CHARGE_LINE.match(line)]
    return _ANSWERED.sub(":", _JOIN.sub(" ", "\n".join(kept)))


def read_statements(text: str, section: str, concepts: Iterable[str] = tuple(CONCEPTS)) -> list[Statement]:
    """All that a block of a note states, each thing once.

    Besides the concepts: `text` (the section holds words), `side` (left, right, both), `body` (a part of the body),
    `clock` (a time of day), `minutes` (a duration), `total-time` (a duration given as the visit's).
    """
    found: dict[Statement, None] = {}
    for sentence in sentences(text):
        body = sentence
        label = _LABEL.match(sentence)
        if label and (heading_kind(label.group(1)) or sentence.startswith("#")):
            body = sentence[label.end() :]
        if not sentence.startswith("#") and not heading_kind(sentence) and _WORD.search(body):
            found[Statement("text", section)] = None
        aside = _ASIDE.search(sentence) is not None
        advice = _ADVICE.search(sentence) is not None
        for concept in concepts:
            if (aside and concept in _PRESENT) or (advice and concept == "clinical"):
                continue
            for match in _compiled(concept).finditer(sentence):
                negated = concept not in _UNDENIED and _denied(sentence, match.start(), match.end())
                found[Statement(concept, section, negated)] = None
        _read_values(sentence, section, found)
    return list(found)


def _denied(sentence: str, start: int, end: int) -> bool:
    """Whether a sentence denies what it names between `start` and `end`."""
    if _DENIED_AFTER.match(sentence[end : end + _REACH]):
        return True
    before = _DENIED_BEFORE.search(sentence[max(start - _REACH, 0) : start])
    return before is not None and not _NOT_DENIED.search(before.group())


def _read_values(sentence: str, section: str, found: dict[Statement, None]) -> None:
    """Sides, parts of the body and times."""
    for match in _SIDES.finditer(sentence):
        if not _NOT_A_SIDE.search(sentence[max(match.start() - 12, 0) : match.start()]):
            word = match.group(1)
            found[Statement("side", section, False, word if word in ("left", "right") else "both")] = None
    for match in _BODY.finditer(sentence):
        found[Statement("body", section, False, match.group(1))] = None
    for match in _CLOCK.finditer(sentence):
        found[Statement("clock", section, False, f"{int(match.group(1)):02}:{match.group(2)}")] = None
    if "min" not in sentence and "hour" not in sentence and " hr" not in sentence:
        return
    minutes = [
        int(match.group(3)) if match.group(3) else 60 * int(match.group(1)) + int(match.group(2) or 0)
        for match in _DURATION.finditer(sentence)
    ]
    for value in minutes:
        found[Statement("minutes", section, False, str(value))] = None
    if minutes and _VISIT_TIME.search(sentence) and not _OTHER_TIME.search(sentence) and not _RANGE.search(sentence):
        found[Statement("total-time", section, False, str(max(minutes)))] = None
        if _DAY_OF_VISIT.search(sentence):
            found[Statement("time-of-day-stated", section)] = None
