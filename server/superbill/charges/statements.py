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
        "reason for visit", "history and physical", "presenting problem", "current problems", "s", "subjective/hpi",
        "h&p", "interim history", "past medical history", "pmh", "hospital course", "chief complaint/hpi",
    ),
    "indication": (
        "indication", "indications", "clinical indication", "clinical indications", "clinical history", "history",
        "reason for exam", "reason for study", "reason for examination", "reason for the exam", "reason for test",
        "clinical information", "clinical question", "question", "indication for procedure", "indication for exam",
        "indication for study", "indications for procedure", "hx", "clinical hx", "ind", "history/indication",
        "history/indications", "clinical data", "clinical details", "reason", "indication for surgery",
        "preoperative diagnosis", "pre-operative diagnosis", "preop diagnosis", "pre-op diagnosis",
    ),
    "technique": (
        "technique", "procedure", "procedures", "protocol", "examination technique", "description of procedure",
        "procedure in detail", "procedure note", "procedure details", "procedure description", "operation",
        "description of operation", "details of procedure", "procedure performed", "procedures performed",
        "post-processing", "postprocessing", "post processing", "image processing", "technical details", "tech",
        "operative procedure", "procedure and findings", "interventions", "intervention", "treatment",
        "treatment provided", "treatments", "ct technique", "mr technique",
    ),
    "comparison": ("comparison", "comparisons", "comparison studies", "prior studies", "prior exams", "priors",
                   "comparison exam", "comparison study", "comp"),
    "findings": (
        "findings", "results", "3d findings", "3-d findings", "operative findings", "findings and impression",
        "findings/impression", "3d", "3-d", "3d rendering", "3-d rendering", "3d reconstructions", "3-d reconstructions",
        "report", "interpretation and findings",
    ),
    "exam": ("exam", "examination", "physical exam", "physical examination", "objective", "study", "exam performed",
             "examination performed", "study performed", "review of systems", "ros", "o", "pe", "vitals", "vital signs"),
    "impression": ("impression", "impressions", "conclusion", "conclusions", "opinion", "interpretation",
                   "final impression", "summary of findings", "imp", "final interpretation"),
    "assessment": (
        "assessment", "assessments", "assessment and plan", "assessment/plan", "a/p", "a&p", "a & p",
        "assessment & plan", "assessment and recommendations", "medical decision making", "mdm", "problems addressed",
        "problem list", "diagnosis", "diagnoses", "a", "dx", "assessment & recommendations", "impression and plan",
        "impression/plan", "imp/plan", "ed course", "visit diagnoses", "final diagnosis",
    ),
    "plan": ("plan", "p", "recommendation", "recommendations", "follow-up plan", "disposition", "plan of care"),
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
_AMOUNT = (
    r"(?!0+(?:\.0+)?(?![\d.]))\d[\d,.]* ?(?:mg|mcg|ml|units?|cc|g|gm|iu|u|sq\.? ?cm|cm2|square (?:cm|centimeters?))\b"
)
_NEAR = r"(?:(?!\b(?:given|administered|injected|used|infused|received|nothing|none|no|not|without|rest|remain\w*)\b)[^.;,\x00])"

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
        rf"(?:{_RENDERED}|post-?processing|rendering|reconstructions?|{_IMAGES}) {_W}{{0,12}}(?:performed|created|generated|made|produced|rendered|processed|reconstructed) {_W}{{0,4}}by {_DOCTOR}\b",
        r"(?:physician|radiologist)[- ](?:supervised|directed|guided|monitored)",
        r"supervis(?:ing|ion by the|ion by) (?:physician|radiologist|dr)",
        rf"(?:physician|radiologist)(?:'s)? {_W}{{0,2}}(?:supervision|participation|oversight)",
        rf"{_DOCTOR} (?:was |actively |directly )*(?:involved in|worked with|guided|monitored|adjusted)", rf"(?:monitored|guided|directed|overseen|adjusted) {_W}{{0,3}}by {_DOCTOR}\b",
        r"(?:at|under|with) (?:my|physician|radiologist|(?:the |our )(?:physician|radiologist)'s) (?:\w+ )?(?:direction|guidance|oversight)", rf"in (?:conjunction|collaboration) with {_DOCTOR}\b", r"actively (?:involved|participated)",
        r"(?:active|direct|real-?time) participation", r"supervision ?: (?:[\w'-]+ )?(?:concurrent|direct|personal)",
    ),
    "independent-workstation": (
        rf"(?:independent|separate|dedicated|stand[- ]?alone|off[- ]?line|third[- ]party|free[- ]?standing) {_W}{{0,3}}work ?-?stations?",
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
        rf"{_RENDERED}(?: (?!request|order|made|creat|perform|by\b)[\w/-]+){{0,3}}? ?:(?! ?(?:yes|no|none|performed|done|n/?a)\b)",
        rf"(?:best|better|well) (?:seen|appreciated|depicted|demonstrated|shown|evaluated) {_W}{{0,3}}(?:{_RENDERED}|rendered)",
    ),
    "render-participation": (
        rf"(?:region|volume|area|field)s?(?: of interest)? {_W}{{0,4}}(?:defined|selected|chosen|designed|designated|prescribed|outlined)",
        rf"(?:defin|select|cho+s|pick|design|outlin|prescrib)\w* {_W}{{0,3}}(?:regions?|volumes?|areas?|anatom\w+|tissues?|structures?|views?|projections?|images?|thresholds?|planes?|angles?|slabs?|windows?|presets?)",
        rf"(?:tissues?|structures?|bones?|vessels?) {_W}{{0,4}}(?:selected|chosen|removed|segmented|displayed|edited|isolated|subtracted)",
        rf"(?:remov|segment|edit|isolat|subtract|crop)\w* {_W}{{0,4}}(?:tissues?|structures?|bones?|vessels?|organs?|table|overl\w+|volume|data ?set)",
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
        r"locali[sz]ed", r"targeted", r"focused", r"abbreviated", r"\bcon(?:e|ed)[- ]down\b", r"\bpartial (?:ct|scan|study|exam\w*)", r"\bselected (?:\w+ )?images (?:through|of|at|from)\b", r"\bthrough (?:the )?(?:[\w-]+ ){1,6}only\b", r"\bspot (?:ct|scan|images?|slices?)", r"selective",
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
        r"\bfor (?:(?:an?|the|possible|suspected|known|acute|chronic|locali[sz]ation of) )*(?:foreign body|abscess\w*|stones?|calcul\w+|fractures?|mass\w*|nodules?|bleed\w*|ha?emorrhage|ha?ematoma|obstruction|collections?|locali[sz]ation|planning|evaluation|assessment|staging|tumou?r|cancer|\w+itis|\w+osis|\w+oma)\b",
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
        r"\bpt (?:is|was|has|here|seen|with|presents?|presented|reports?|reported|states|denies|tolerated|complains?|c/o|given|located|doing|returns?|called|came|arrived|admitted|w/)(?=\W|$)", r"\bseen (?:w/|with|by|and)",
        r"\b(?:removed|opened|closed|ligated|evacuated|excised|resected|repaired|biopsied|cannulated|cemented|decompressed|debrided|divided|infused|wasted)(?: in layers)?[.,;]?$",
        r"\b(?:prepped|irrigated|an(?:a)?esthetized|extubated|intubated|sutured|debrided|avulsed|catheterized) (?:and|with|in|to|for|copiously|without|after|by)\b",
        r"(?:general|spinal|monitored|regional)(?: \w+){0,2} an(?:a)?esthesia\b(?! (?:codes?|care codes?))(?=.{0,60}\b(?:for|with|given|by)\b)", r"\buneventful\w*", r"\bin stable condition", r"\bto pacu\b", r"well tolerated", r"neurovascularly intact",
        r"\bno complications?\b", r"without (?:difficulty|complications?|incident)\b", r"\bebl\b", r"estimated blood loss", r"\bnsr\b|(?:sinus|paced) rhythm",
        r"\b(?:survey|ovaries|heart|lungs?|kidneys?|liver|bowel|ventricles?|appendix|tendons?|alignment) (?:is |are |was |were )?(?:normal|clear|intact)\b",
        r"\b\d{1,3} ?(?:y\.o\.?|yr old)(?=\s|$)", r"\bc/o\b",
    ),
    "procedure-done": (
        r"prepped", r"sterile (?:technique|fashion|manner|conditions|drap\w+)", r"tolerated", r"\binjected", r"informed consent", r"consent (?:was )?(?:obtained|signed)",
        r"\bexcised", r"incision", r"lidocaine", r"time-?out", r"hemostasis", r"\bfrozen\b", r"liquid nitrogen", r"cryotherapy", r"\bdrained", r"sutur\w+", r"debrided", r"aspirated", r"needle was",
    ),
    "separate-visit": (
        r"significant(?:ly)?,? (?:and )?separate\w*", r"separately (?:identifiable|address\w*|evaluat\w*)", r"separate (?:from|and distinct|and significant|problem|evaluation|issue|complaint|concern|visit|e/?m|e&m)",
        r"(?:in addition|unrelated|apart|distinct|independent) (?:to|from|of) (?:the |today'?s )?(?:\w+ )?procedure",
        rf"(?:also|additionally|separately|in addition|as well|other|another|second|new) {_W}{{0,4}}(?:address\w*|evaluat\w*|discuss\w*|manag\w*|review\w*|complain\w*|problems?|concerns?|complaints?|issues?|symptoms?|report\w*|mention\w*|ask\w*|present\w*|want\w*|seen|examin\w*|adjust\w*|increas\w*|refill\w*|prescrib\w*|started)",
        r"hypertension|diabet\w+|\bcopd\b|asthma|heart failure|depress\w+|anxiety|hyperlipid\w+|hypothyroid\w*|\bgerd\b|migraine|\bckd\b|obesity|anemia|blood pressure|\bbp\b|a1c|cholesterol|fatigue|insomnia|medication\w*|\bmeds\b|refill\w*|prescri\w+|lab(?:s|oratory)\b|referr\w+|x-?rays? (?:were|was)? ?(?:ordered|reviewed)|mri (?:was )?ordered|differential|treatment options|options (?:were )?discussed|conservative (?:management|treatment|therapy)|physical therapy|risk of|counsel\w+|surgical options|chronic (?:problem|condition|illness|disease)|new problem|full[- ]body|skin (?:exam|check)|physical exam\w*|review of systems|decided to|decision (?:was made )?to|elected to|workup|work-up",
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
        r"(?:returned(?! to (?:work|normal|baseline|school|sport))|came back|brought back|readmitted|re-?presented|called back) ", r"(?:later|earlier) (?:that|the same|this|in the|on the|today)",
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
    # what modifiers and codes assert
    "technical-only": (
        r"technical component only", r"(?:images?|imaging|acquisition|films?) only\b", r"(?:interpretation|report|reading) (?:will be|is|was|to be|to follow)(?: \w+){0,3} (?:by|from) (?:an |the )?(?:outside|other|another|external|off-?site|remote|contracted|separate)",
        r"(?:sent|forwarded|transmitted)(?: \w+){0,4} (?:outside|external|off-?site|remote)(?: \w+){0,2} (?:for|to be) (?:interpretation|interpreted|reading|read)",
        r"not interpreted (?:here|by us|at this (?:site|facility|practice))",
    ),
    "reading-only": (
        r"(?:interpretation|reading|professional component|over-?read|second opinion) only\b", r"(?:images?|study|exam\w*|scan|films?|radiographs?) (?:\w+ ){0,2}(?:was|were) (?:obtained|acquired|performed|made|done) (?:at|by) (?:an |another |the )?(?:outside|other|another|external|referring)",
        r"(?:interpretation|over-?read|reading|second opinion) of (?:an |the )?(?:outside|submitted|external) (?:\w+ ){0,3}(?:images?|study|exam\w*|scan|films?|radiographs?|ct|mri)",
        r"outside (?:\w+ ){0,3}(?:images?|study|exam\w*|scan|films?|radiographs?|ct|mri)(?: \w+){0,3} for (?:\w+ )?(?:interpretation|over-?read\w*|second opinion|reading|consult\w*)\b",
        r"outside (?:\w+ ){0,3}(?:images?|study|exam\w*|scan|films?|radiographs?|ct|mri) (?:\w+ ){0,3}(?:submitted|presented|provided|sent|received)(?: \w+){0,3} (?:for|to) (?:\w+ )?(?:interpretation|over-?read\w*|review|second opinion|read\w*|consult\w*)",
    ),
    "surgery-decision": (
        r"deci(?:sion|ded|des)\b", r"\belect(?:ed|s|ing)? (?:to|for)\b", r"(?:proceed|proceeding|move forward|go ahead|going) (?:\w+ )?(?:with|to|for|forward)",
        rf"(?:recommend\w*|advis\w+|indicat\w+|plan\w*|schedul\w*|consent\w*|need\w*|requir\w*|candidate|await\w*|opt(?:ed|s)?|agree\w*|wish\w*|want\w*|will undergo|undergo\w*|take[ns]?|taking|booked|prepare\w*) {_W}{{0,8}}(?:surg\w+|operat\w+|\w+ectomy|\w+otomy|\w+ostomy|\w+plasty|\w+pexy|\w+rrhaphy|orif|fixation|repair|replacement|arthroplasty|fusion|amputation|debridement|procedure|or\b|theat\w+|bypass|reduction|intervention|exploration|decompression)",
        r"(?:surg\w+|operat\w+|\w+ectomy|\w+otomy|\w+plasty|orif|fixation|repair|replacement|reduction|fusion|lap chole) (?:\w+ ){0,4}(?:recommended|indicated|planned|scheduled|needed|required|advised|tomorrow|today|tonight|discussed|in (?:the )?(?:am|morning))\b", r"\b(?:book|posted?|listed|boarded) (?:\w+ )?for\b", r"add(?:ed)?[- ]on (?:case|for)",
        r"\bto (?:the )?(?:or\b|operating room|theat\w+)", r"(?:emergent\w*|urgent\w*) (?:\w+ ){0,2}(?:surg\w+|operat\w+|\w+ectomy|\w+otomy|repair|orif)", r"(?:npo|pre-?op\w*)\b", r"would like to (?:have|proceed|go|move)", r"(?:risks?|benefits?|alternatives?)[^.]{0,40}\b(?:surg\w+|operat\w+|\w+ectomy|\w+otomy|\w+plasty|orif|fixation|repair|replacement|fusion)",
    ),
    "postop-visit": (
        r"post-?(?:surgical|operative|op)\b(?! (?:pain control plan|instructions))", r"global period", r"after (?:his|her|their|the) (?:\w+ )?(?:surgery|operation)",
        r"(?:days?|weeks?|months?|wks?|mos?) (?:out )?(?:from|after|since|status post|s/p|post) (?:\w+ ){0,4}(?:surgery|operation|repair|tka|tha|cabg|lap chole|\w+ectomy|\w+plasty|fusion|orif|release)",
    ),
    "unrelated-problem": (
        r"unrelated", r"not related to", r"complain\w*", r"present(?:s|ed|ing)? (?:with|for)", r"\bnew\b", r"\bfall\b|\bfell\b", r"injur\w+", r"\balso\b", r"independent of", r"separate (?:problem|issue|complaint|concern|condition)", r"(?:new|different|another|other|second) (?:\w+ )?(?:problem|complaint|issue|concern|injury|condition|symptom|diagnosis|lesion)",
        r"(?:other|contralateral|opposite) (?:side|knee|hip|shoulder|hand|foot|eye|leg|arm|ear|wrist|ankle)",
    ),
    "staff-time": (
        rf"(?:includ\w+|combin\w+|plus|together with|along with|as well as|and) {_W}{{0,4}}(?:staff|nurs\w+|medical assistants?|\bma\b|residents?|scribes?|technicians?|students?)(?:'s?)? {_W}{{0,2}}(?:time|minutes|min)\b",
        rf"(?:time|minutes|min)\b {_W}{{0,4}}(?:by|from|of|spent by) {_W}{{0,2}}(?:staff|nurs\w+|medical assistants?|residents?|scribes?|technicians?|students?)\b",
    ),
    "time-of-today": (
        r"\btoday\b", r"(?:same|that|this) (?:calendar )?(?:day|date)", r"(?:day|date) of (?:the |this |today's )?(?:visit|encounter|service|appointment|exam\w*)", r"(?:encounter|visit|service|appointment) (?:date|day)",
        r"24[- ]hour", r"calendar day",
    ),
    "physician-named": (r"\b(?:md|m\.d|d\.o|mbbs|dr)\b", r", ?do\b", r"\b(?:physician|attending|doctor)\b(?! (?:assistant|associate))"),
    "practitioner-named": (
        r"\b(?:np|n\.p\.?|pa|pa-?c|p\.a\.?|aprn|arnp|crnp|fnp(?:-?(?:c|bc))?|dnp|cnp|agnp\w*|acnp\w*|cns|app|apc)\b", r"nurse practitioner", r"physician (?:assistant|associate)", r"advanced practice", r"non-?physician practitioner", r"mid-?level",
    ),
    "another-clinician": (
        r"(?:separate|different|distinct|second|another|other|covering|partner|colleague) {0}(?:practitioners?|providers?|physicians?|surgeons?|clinicians?|doctors?|therapists?|partners?)".replace("{0}", _W + "{0,2}"),
        r"\b(?:colleague|my partner|anesthesiologist|crna|resident|consultant|radiologist|hospitalist|surgeon|therapist)s?\b",
    ),
    "substantive-part": (
        r"substantive (?:portion|part)", r"more than (?:half|50)", r"(?:majority|most|greater part|over half|\d{2} ?%) of (?:the )?(?:\w+ ){0,2}(?:time|visit|encounter|care|mdm|decision[- ]making)",
        r"(?:i|attending|physician|dr\.? \w+) (?:\w+ ){0,4}(?:made or approved|made|performed|formulated|developed|approved) (?:\w+ ){0,4}(?:medical decision[- ]making|mdm|management plan|plan\b)",
        r"(?:medical decision[- ]making|\bmdm|management plan) (?:\w+ ){0,3}(?:by|was mine|performed by)",
    ),
    "repeat-reason": (
        r"repeat\w*", r"\bagain\b", r"re-?(?:check|peat|evaluat|assess|image|x-?ray|do|did|attempt|current|occur|bleed|exam)\w*", r"second (?:time|set|study|exam\w*|film|x-?ray|ekg|ecg|treatment|procedure|dose|attempt)", r"serial", r"(?:later|earlier) (?:that|the same|this|in the|today)",
        r"(?:post|after|following)[- ](?:\w+ ){0,2}(?:reduction|placement|intubation|removal|insertion|treatment|procedure|adjustment|chest tube|casting|splint\w*)", r"worsen\w*", r"deteriorat\w*", r"interval (?:change|film|study)", r"change in (?:\w+ ){0,2}(?:condition|status)", r"persist\w*",
    ),
    "extra-work-reason": (
        rf"(?:dense|extensive|severe|significant|massive|thick|excessive|multiple|marked) {_W}{{0,3}}(?:adhesi\w+|scar\w*|lysis|dissection|bleeding|blood loss|inflamm\w+|fibrosis|hemorrhage|deform\w+|contamina\w+|calcifi\w+|obesity)",
        r"adhesiolysis", r"lysis of adhesions", r"morbid\w* obes\w*", r"\bbmi\b", r"(?:body )?habitus", r"(?:distort\w*|aberrant|anomal\w+|unusual|abnormal|hostile|altered) (?:\w+ )?(?:anatomy|abdomen|vessels?|planes?)", r"anatom\w+ (?:variant|variation|anomal\w+|distortion)",
        r"scar(?:red|ring| tissue)", r"(?:difficult|complex|complicated|challenging|arduous|tedious|unusual)\w*", r"(?:previous|prior|multiple|earlier) (?:\w+ ){0,3}(?:surger\w+|operations?|radiation|procedures|mesh|repairs?)", r"re-?operative",
        r"radiation (?:change|fibrosis)", r"large (?:size|tumou?r|mass|defect|specimen)", r"hardware", r"friable", r"coagulopath\w*", r"trauma\w*",
    ),
    "extra-work-measure": (
        r"\d+ ?(?:%|percent)", rf"(?:additional|extra|increased|more|longer|prolonged|double|twice|substantial\w*|significant\w*|considerabl\w+|extended|greater) {_W}{{0,4}}(?:time|work|effort|minutes|hours?|mins?|difficulty|complexity|intensity|than|longer|more)\b",
        r"(?:time|work|effort|difficulty|complexity|operation|procedure|case) (?:was |were |is )?(?:\w+ ){0,2}(?:increased|greater|prolonged|longer|doubled|extended|more)", r"(?:took|taking|lasted|required) (?:\w+ ){0,4}(?:longer|more|extra|additional)",
        r"(?:minutes|hours?|mins?) (?:more|longer|beyond|extra|additional|over)", r"(?:typical|usual|average|normal|ordinar|routine)\w* (?:\w+ ){0,5}(?:time|minutes|hours?|takes?|requires?|lasts?)", r"(?:instead|in place) of (?:the )?(?:usual|typical|customary|\d)", r"half again", r"\b(?:doubl|tripl)\w+", r"one and a half times", r"times (?:the|as)",
    ),
    "stop-reason": (
        r"due to", r"because", r"secondary to", r"owing to", r"in view of", r"given (?:the|his|her|their|that)", r"unable", r"could(?:n't| not)", r"cannot", r"not (?:possible|tolerat\w+|feasible|safe|present|needed|necessary|indicated|clinically)", r"(?:could|did|would) not (?:be )?toler\w*", r"intoleran\w+",
        r"(?:poor|inadequate|incomplete|suboptimal) (?:bowel )?prep\w*", r"obstruct\w*", r"strictur\w*", r"stenos\w+", r"arrhythmi\w*", r"hypotensi\w+", r"bradycardi\w*", r"tachycardi\w*", r"desaturat\w+", r"hypoxi\w*", r"bleeding", r"unstable", r"instability", r"refus\w+", r"declin\w+", r"request\w*", r"equipment", r"malfunction\w*",
        r"\bpain\w*", r"discomfort", r"reaction", r"vasovagal", r"agitat\w+", r"combative", r"anxi\w+", r"amputat\w+", r"absen(?:t|ce)", r"only one", r"unilateral\w*", r"one (?:ear|side|eye|limb|breast|kidney|view)", r"perforat\w*", r"stool", r"risk", r"safety", r"adhesi\w+", r"tortuous", r"failed", r"arrest", r"seizure", r"technical (?:difficult\w+|limitation\w*|failure)",
    ),
    "stop-extent": (
        r"stopp(?:ed|ing)", r"abort\w*", r"terminat\w+", r"discontinu\w+", r"halt\w*", r"abandon\w*", r"incomplet\w+", r"not (?:be |been )?(?:complet\w+|advanc\w+|perform\w+|reach\w*|done|obtain\w*|examin\w+|test\w*|place\w*|pass\w*|cannulat\w+|visuali[sz]\w+|included|evaluat\w+|imaged|carried)", r"\bonly\b", r"as far as", r"(?:advanced|reached|passed|up|down) to",
        r"reach\w*", r"partial\w*", r"limited", r"reduced", r"abbreviated", r"unilateral\w*", r"one (?:ear|side|eye|limb|view|level|breast|kidney)", r"omitted", r"single", r"attempt\w*", r"unsuccessful\w*", r"unable", r"could not", r"before (?:the|any)", r"deferred", r"without (?:\w+ ){0,3}(?:views?|portion|part|imaging|exam\w*)",
    ),
    "return-to-or": (
        r"operating (?:room|suite|theat\w+)", r"(?:to|in|into|from) (?:the )?(?:main )?or\b(?= (?:for|on|where|and|table|under|by|with|because|due|emergent\w*|urgent\w*)|[.,;)]|$)", r"\bor (?:suite|table|\d)", r"theat(?:re|er)\b", r"cath\w* (?:lab\w*|suite)", r"endoscopy (?:suite|room)", r"laser suite", r"surgical suite",
        r"(?:interventional|hybrid|angio\w*|\bir) (?:\w+ )?(?:suite|room)", r"general (?:endotracheal )?ana?esthesia", r"prepped and draped",
    ),
    "complication-named": (
        r"complicat\w+", r"ha?ematoma", r"dehisc\w+", r"infect\w+", r"bleed\w*", r"ha?emorrhag\w*", r"\bleak\w*", r"thrombos\w+", r"thrombus", r"abscess\w*", r"necro\w+", r"ischa?emi\w+", r"seroma", r"re-?explor\w+", r"re-?operat\w+", r"return(?:ed|ing|s)? to", r"taken back", r"brought back", r"go(?:ing)? back", r"fistula",
        r"obstruct\w+", r"dislocat\w+", r"perforat\w+", r"sepsis", r"post-?op(?:erative)?(?:ly)? (?:day|\w+itis)", r"malposition\w*", r"failure", r"loosen\w*", r"hernia\w*", r"evacuat\w+",
    ),
    "cosurgeon-part": (
        r"two surgeons", r"(?:my|his|her|their|own|respective|separate) (?:portion|part|role|operative (?:note|report)|dictation|report)", r"(?:dictat\w+|reported|described|documented) (?:\w+ ){0,3}separately", r"separate(?:ly)? (?:dictat\w+|operative (?:note|report))", r"(?:portion|part|half|component)s? of the (?:procedure|operation|case|surgery)",
        r"(?:approach|exposure|closure|instrumentation|decompression|fusion|access|resection|reconstruction|anastomosis) (?:was |were |is )?(?:\w+ ){0,3}by (?:dr|the|our|vascular|general|thoracic|neuro\w*|ent|ortho\w*)", r"separate (?:\w+ )?(?:note|report)", r"dr\.? [\w-]+[^.]{0,40} (?:then |first |also |had )?(?:performed|did|provided|will dictate|dictated|completed|opened|closed|exposed|obtained|carried|proceeded)",
        r"co-?surgeon[^.]{0,60}(?:for|performed|because|necessary|required|needed|did|provided|approach|exposure|responsible)",
    ),
    "assistant-work": (
        r"assist\w* (?:\w+ ){0,2}(?:with|in|by|throughout|during)\b", r"(?:assistant|\bpa\b|pa-?c|\bnp\b|rnfa|first assist\w*|dr\.? [\w-]+)(?: surgeon)?[^.;:]{0,30}? (?:retract\w*|provid\w+|held|holding|help\w*|perform\w+|clos\w+|sutur\w+|necessary|required|needed|expos\w+|assisted|irrigat\w+|suction\w*|positioned|controlled|drove|maintain\w*)",
        r"(?:retract\w+|exposure|hemostasis|suction\w*|closure|traction|camera|visuali[sz]ation)[^.]{0,50}\b(?:assistant|first assist\w*|\bpa\b|pa-?c|rnfa)\b", r"need for (?:an |a |the )?(?:\w+ )?assistant", r"assistant[^.]{0,40}(?:necessary|required|needed|essential|helped|used for)", r"skilled (?:\w+ )?assist\w*",
        r"assist\w*[^.]{0,60}(?:retract\w+|exposure|hemostasis|suction\w*|clos\w+|traction|camera|position\w*)",
    ),
    "no-resident": (
        r"no (?:\w+ ){0,3}residents?\b", r"residents? (?:\w+ ){0,2}(?:was|were|is|are)(?:n't| not) (?:\w+ ){0,2}(?:available|present)", r"residents? (?:\w+ ){0,2}unavailab\w+", r"unavailab\w+ of (?:\w+ ){0,3}residents?", r"without (?:a |an )?(?:\w+ ){0,2}residents?\b", r"no (?:\w+ ){0,3}(?:residency|training|teaching) program",
        r"across[- ]the[- ]board", r"exceptional (?:medical )?circumstances", r"never (?:\w+ ){0,2}(?:involv|us)\w+ (?:\w+ ){0,2}residents?",
    ),
    "teaching-presence": (
        r"(?:physically |personally |was |were |am )present (?:\w+ ){0,2}(?:during|for|at|throughout|in|with)\b", r"(?:key|critical|substantial) (?:(?:and|or|&|/) ?(?:critical|key) )?(?:portion|part|component|element|step|aspect)s?\b", r"present (?:for|during|throughout) (?:the )?(?:entire|whole|entirety)",
        r"(?:residents?|fellow|house ?staff|trainee|intern)(?:'s|s')?\b[^.]{0,90}\b(?:agree\w*|concur\w*|supervis\w+|edited|modif\w+|amend\w*|and i|i have|with me|by me)\b", r"(?:agree\w*|concur\w*|reviewed|discussed|supervis\w+|confirm\w*|staffed)\b[^.]{0,90}\b(?:residents?|fellow|house ?staff|trainee|intern)\b",
        r"(?:saw|seen|examined|evaluated|interpreted|performed|interviewed)\b[^.]{0,60}\b(?:with|alongside|beside)\b[^.]{0,20}\b(?:residents?|fellow|house ?staff|trainee|intern)\b", r"\bi (?:agree|concur) with\b", r"\bi (?:\w+ ){0,3}(?:saw|examined|evaluated|reviewed|interpreted|viewed)\b[^.]{0,100}\b(?:agree|concur)",
        r"teaching physician[^.]{0,60}(?:present|saw|examined|reviewed|participat\w+|performed|supervis\w+|attest\w*)", r"attending[^.]{0,40}(?:present|attest\w*|scrubbed|saw|examined)", r"(?:discussed|reviewed|staffed|seen|examined)[^.]{0,40}\bwith\b[^.]{0,20}\b(?:attending|preceptor|faculty|teaching physician)", r"scrubbed (?:for|during|throughout|in)", r"precept\w*", r"immediately available",
    ),
    "tele-mode": (
        r"\bvideo\w*", r"audio[- ]?(?:only|visual|video|and)\w*", r"audiovisual", r"telephon\w*", r"\bphone\b", r"\bzoom\b", r"doxy\w*", r"facetime", r"webcam", r"two-?way", r"by voice", r"virtual (?:platform|visit using)",
    ),
    "audio-only": (
        r"audio[- ]?only", r"telephone (?:visit|encounter|only)", r"(?:visit|encounter|evaluat\w+|conducted|performed)\b[^.]{0,30}\b(?:by|via|over the) (?:tele)?phone\b",
    ),
    "with-video": (r"\bvideo\w*", r"audio-?visual", r"\bzoom\b", r"facetime", r"doxy\w*", r"webcam"),
    "tele-patient-place": (
        r"(?:patient|client|member|child)(?:'s)? (?:\w+ )?(?:location|site)", r"location of (?:the )?(?:patient|client)", r"originating site", rf"(?:patient|client|child|mother|he|she) (?:was|is|were|are|located|at|in|remained|joined|participated|connected|called) {_W}{{0,5}}(?:home|residence|house|work|car|vehicle|school|facility|clinic|state|apartment|office|hotel|room|hospital)",
        r"(?:from|at|in) (?:his|her|their|the patient's|patient's) (?:own |parked |private )?(?:home|residence|house|car|vehicle|office|workplace|apartment|room|school)", r"\b(?:at|from) home\b",
    ),
    "tele-clinician-place": (
        r"(?:provider|physician|clinician|practitioner|doctor|therapist|my)(?:'s)? (?:\w+ )?(?:location|site)\b", r"location of (?:the )?(?:provider|physician|clinician|practitioner)", r"distant site", r"(?:provider|physician|clinician|practitioner|therapist|\bi|dr\.? [\w-]+) (?:was|am|is|were|located) (?:\w+ ){0,3}(?:at|in|from)\b", r"from (?:my|our|the) (?:\w+ )?(?:office|clinic|home office|hospital|home)",
    ),
    "tele-consent": (r"consent\w*", r"(?:agree[ds]?|agreeable|willing|permission|accept\w*)[^.]{0,60}(?:tele\w*|video|phone|virtual|visit|audio|remote)"),
    "no-video-reason": (
        r"prefer\w*[^.]{0,30}(?:audio|phone|voice)",
        r"(?:unable|not able|cannot|can't|could not|couldn't|declin\w+|refus\w+|prefer\w*|no |lack\w*|(?:does|do|did) ?n[o']t (?:have|want|consent|wish|agree|own|use)|without|not (?:have|capable|comfortable|available|possible)|chose|fail\w*)[^.]{0,60}(?:video|camera|smart ?phone|internet|technolog\w*|audio-?visual|computer|broadband|device)",
        r"(?:video|camera|smart ?phone|internet|audio-?visual|connection)[^.]{0,50}(?:unable|unavailable|not (?:available|possible|capable|work\w*|consent\w*)|declin\w+|refus\w+|fail\w*|did(?:n't| not)|dropped|lost|poor)",
    ),
    "drug-discarded": (r"discard\w*", r"wastage", r"\bwasted?\b", r"unused (?:\w+ ){0,2}(?:portion|drug|amount|remainder)", r"disposed"),
    "nothing-discarded": (
        r"\b(?:nothing|none|no (?:\w+ ){0,2}(?:drug|medication|product|amount|portion)) (?:\w+ ){0,2}(?:was |were )?(?:discarded|wasted)", r"\b(?:no|zero|without) (?:drug )?(?:waste|wastage)\b",
        r"\b(?:discard\w*|wastage|wasted?)(?: amount)? ?[:=]? ?(?:none|nil|zero|0(?:\.0+)?)\b(?![.\d])", r"\b(?<![.\d])0(?:\.0+)? ?(?:mg|mcg|ml|units?|cc|g) (?:\w+ ){0,2}(?:discarded|wasted|waste)\b",
        r"\b(?:entire|whole|full|complete) (?:\w+ ){0,2}(?:vial|syringe|dose|contents?|amount)\b(?: was| were)? (?:given|used|administered|injected|infused)",
    ),
    "drug-route": (
        r"(?<!stage )(?<!grade )\b(?:im|i\.m\.?|iv|i\.v\.?|ivpb|ivp|sc|s\.c\.|sq|subq|sub-?q|subcut|po)\b", r"intra\w+", r"subcutaneous\w*", r"under the skin", r"into (?:the |his |her |a |each |both )", r"\binject\w+", r"\binfus\w+", r"\binstill\w+", r"\bport\b", r"\bpicc\b", r"\bvein\b",
        r"\borally\b|by mouth|\boral\b", r"nebuli\w+", r"inhal\w+", r"topical\w*", r"\bapplied\b", r"epidural", r"perineural", r"\bdeltoid|glute(?:al|us)|\bthigh\b|\barm\b|abdomen", r"nerve block", r"bolus", r"\bdrip\b", r"\bjoint\b", r"pump",
    ),
    "contrast-route": (
        r"\b(?:iv|i\.v\.|intravenous\w*|intravascular\w*|intra-?arterial\w*|intra-?articular\w*|intrathecal\w*|arthrogra\w+|myelogra\w+|veins?|venous|arterial|bolus|phases?|injected|injection|infused|enhanc\w+|angiogra\w+|antecubital)\b",
        r"\d ?(?:ml|cc|mmol)\b", r"\b(?:omnipaque|omni|isovue|visipaque|optiray|ultravist|oxilan|iohexol|iopamidol|iodixanol|ioversol|iopromide|iodinated|gad\w+)\b",
        r"\b(?:oral|rectal|enteric|po)\b",
    ),
    "direction-stated": (
        r"medical(?:ly)? direct\w*", r"concurren\w+", r"supervis\w+", r"induction and emergence", r"(?:present|available) (?:\w+ ){0,3}(?:at|for|during|throughout)\b", r"immediately available", r"key (?:portions?|events?|moments?)", r"demanding (?:parts?|portions?|procedures?|aspects?)",
    ),
    "discard-amount": (
        rf"(?<![\d.]){_AMOUNT}{_NEAR}{{0,40}}?\b(?:discard\w*|wastage|wasted?|unused|disposed)",
        rf"\b(?:discard\w*|wastage|wasted?|unused|disposed)\b{_NEAR}{{0,30}}?(?<![\d.]){_AMOUNT}",
    ),
    "contrast-mentioned": (r"\bcontrast\b(?! to\b)", r"gadolinium", r"\bnon-?contrast", r"\b(?:un)?enhanc\w+"),
    "dose": (r"\d ?(?:mg|mcg|ml|units?|cc|g|gm|iu|meq|mmol|%|milligrams?|micrograms?|million units)\b", r"\b(?:one|two|half an?|single) (?:vial|ampou?le|syringe|dose)s?"),
    "excludes-procedures": (
        r"exclu\w+ (?:of )?(?:[\w,/-]+ ){0,6}(?:procedures?|teaching|billable|services)", r"exclu\w+[^.]{0,60}procedures?", r"(?:not|n't) (?:\w+ )?(?:includ\w+|counting)[^.]{0,60}(?:procedures?|billable|services)", r"\bexcl\.? (?:\w+ ){0,3}procedures?", r"procedures? (?:\w+ ){0,2}excluded", r"(?:apart from|aside from|outside of|other than|separate from|independent of|minus|less|without|beyond)(?: time| any| all| the| spent| on| other| separately| billable| reportable| performing){0,6} procedures?",
        r"no (?:separately )?(?:billable |reportable |other |bedside )?procedures? (?:\w+ ){0,2}(?:performed|done|were|was)",
    ),
    "anesthesia-time": (
        r"an(?:a)?esthesia (?:care )?(?:time|start\w*|stop\w*|end\w*|began|begin|finish\w*|minutes|duration)[^.]{0,20}\d", r"(?:start|stop|end|began|finish|in[- ]room|handoff|hand-?over|emergence|induction|placed|deliver|pacu)\w*(?: time)?(?: at)? ?[:=]? ?(?:[01]?\d|2[0-3])[0-5]\d\b(?! ?(?:ml|mg|mcg|cc|units?|micro))", r"total (?:an(?:a)?esthesia )?time",
    ),
    "signed": (
        r"(?:electronically|digitally|e-?)\s?signed", r"signed (?:by|electronically|on)", r"\bsignature\b[ :]+\w", r"\battested by", r"authenticated by", r"/s/", r"(?:^|\s)[a-z][a-z'-]+ [a-z.'-]+(?: [a-z'-]+)?, ?(?:md|m\.d\.|do|d\.o\.|np|pa-?c?|aprn|crna|dpm|dpt|otr|phd|lcsw|fnp\w*)\b", r"dictated (?:and signed )?by", r"approved by",
    ),
}  # fmt: skip

#: Concepts that a "no" before them does not turn round: "no fracture on the 3-D images" reads the 3-D images.
_UNDENIED = frozenset({"render-findings", "report-findings", "report-impression", "clinical", "reimaging-reason",
                       "render-reason", "mdm", "time-basis", "stop-reason", "stop-extent", "no-video-reason", "no-resident",
                       "excludes-procedures", "technical-only", "extra-work-measure", "repeat-reason", "anesthesia-time",
                       "nothing-discarded", "drug-route", "contrast-route", "direction-stated", "physician-named", "practitioner-named", "tele-mode", "dose"})  # fmt: skip
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
#: "R knee", "LT shoulder": a letter is a side only before a part of the body that comes in two.
_SIDE_LETTER = re.compile(
    r"(?<![\d/] )(?<![\w/-])(l|r|lt|rt) (?=(?:great toe|big toe|hallux|(?:upper|lower)(?= (?:arm|leg|extremity|eyelid|lid|limb))|knee|shoulder|hip|ankle|wrist|elbow|hand(?! domin|ed)|foot|finger|thumb|toe|heel|thigh|calf|leg|arm|forearm|eye|ear|breast"
    r"|deltoid|glute\w*|groin|axilla|flank|kidney|femur|tibia|fibula|humerus|clavicle|nasal ala|cheek|temple)s?\b(?!-))"
)
#: Any word for a side, for rules that speak where there is none.
_LEFT, _RIGHT = ("left", "lt", "os", "l"), ("right", "rt", "od", "r")
_SIDE_NAMED = re.compile(
    r"\b(left|right|lt|rt|od|os|ou|bilateral(?:ly)?|both|each|knees|hips|shoulders|hands|feet|ankles|wrists|elbows|eyes|ears|breasts|l(?=[ )][a-z])|r(?=[ )][a-z]))\b"
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
#: "1500-1515": two times of day without colons, but neither two years nor an amount.
_CLOCKS = re.compile(
    r"(?<![\d:/.-])(?!(?:19|20)\d\d ?(?:-|to) ?(?:19|20)\d\d)([01]\d|2[0-3])([0-5]\d) ?(?:-|to) ?([01]\d|2[0-3])([0-5]\d)\b"
    r"(?![-/.]\d| ?(?:ml|mg|mcg|cc|g|units?|iu|kcal|cal|cm|mm)\b)"
)

# -- views, contrast, anesthesia, identifiers ----------------------------------------------------------------------

_NUMBERS = {
    "single": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_VIEW_COUNT = re.compile(
    r"(?<![\d/.-])(?<!\bor )(?<!\bto )(?<!\bleast )(?<!\bthan )(?<!\bof )(?<!\bplus )(?<!\band )\b(single|one|two|three|four|five|six|seven|eight|nine|[1-9])[- ]"
    r"(?:(?:standing|weight|bearing|non|upright|x-?ray|x|ray|radiographic|plain|film|digital|portable|total)[- ]){0,3}views?\b(?! (?:or more|minimum))"
    r"|\b(?:number of views|views(?: obtained| taken)?) ?[:=] ?([1-9])(?![\d-])"
)
_PROJECTION = r"(?:anteroposterior|posteroanterior|ap|pa|frontal|lateral|oblique|mortise|axillary|scapular y|grashey|sunrise|merchant|sunset|odontoid|open[- ]mouth|swimmer'?s|axial|upright|supine|decubitus)"
_PROJECTIONS = re.compile(
    rf"(?<!additional )\b({_PROJECTION}(?:(?:, | and |, and ){_PROJECTION}){{1,4}}) (?:views?|projections?|radiographs?|films?|x-?rays?)\b(?! (?:and|plus)\b)"
)
_ONE_PROJECTION = re.compile(_PROJECTION)
_MORE_VIEWS = re.compile(
    r"\b(?:additional|extra|further|more|obliques|spot|coned|magnification|comparison) |\bviews? (?:of each|per)\b|\bin addition\b"
)
#: Parts of the body as X-ray requests name them; what a count of views belongs to.
_VIEWED = re.compile(
    r"\b(chest|knee|ankle|foot|feet|wrist|hand|elbow|shoulder|hip|pelvis|abdomen|kub|cervical|thoracic|lumbar|lumbosacral|c-?spine|t-?spine|l-?spine|ls spine|neck|spine|scoliosis|ribs?"
    r"|femur|tibia|fibula|forearm|humerus|clavicle|finger|thumb|toe|heel|calcaneus|skull|sinus|mandible|jaw|sacroiliac|si joint|sacrum|coccyx|patella|scapula|sternum|facial|orbit|nasal)(?:s|es)?\b"
)
_NO_CONTRAST = re.compile(
    r"\b(?:without|w/o|no|non)[- ](?:the )?(?:use of |administration of |any )?(?:(?:iv|i\.v\.|intravenous|intravascular|iodinated|oral or iv|oral or intravenous|iv or oral|oral and iv|gadolinium-based|additional) )*(?:contrast|gadolinium)"
    r"(?![- ](?:reaction|extravas\w*|leak\w*|allerg\w*|enhanc\w*|opacif\w*|blush|nephro\w*|induced|within|in the|seen|related|column|complication\w*|adverse|level))"
    r"|\b(?:non-?contrast(?:ed)?|unenhanced)\b|\bcontrast (?:material |medium )?(?:was |were )?(?:not|never) (?:given|administered|used|injected)|\bcontrast(?: agent| material| used| given)? ?[:=] ?(?:none|no)\b"
)
_BOTH_CONTRAST = re.compile(
    r"\b(?:without|w/o|w\.o\.) (?:(?:iv|intravenous) )?(?:(?:contrast|gadolinium) )?(?:material )?(?:and|&|\+|followed by|then|as well as) ?(?:then |followed by |subsequently )?(?:with|w/|w\b|after)|\bwith(?: (?:iv|intravenous))?(?: contrast)? (?:and|&|/|or) (?:without|w/o)|\bwith/without\b|\bw/? ?(?:and|&|\+|/) ?w/?o\b|\bw/?o ?(?:and|&|\+|/) ?w\b"
    r"|\b(?:before|prior to|pre)(?:,? ?-?)(?:and|&|/)(?: then|,)? ?-?(?:after|following|post)\b[^.]{0,60}(?:contrast|gad\w+|\d ?(?:ml|cc)\b)|\bw/?,? ?wo\b|\bpre-? ?(?:and|&|/) ?post-? ?(?:contrast|gadolinium)"
    r"|\b(?:non-?contrast(?:ed)?|unenhanced)\b[^.]{0,80}\b(?:with (?:iv |intravenous )?contrast|contrast[- ]enhanced|post-?contrast|enhanced|(?:after|following)\b[^.]{0,60}contrast)|\bdual[- ]phase\b[^.]{0,20}\bunenhanced"
)
_AGENT = r"(?:contrast|iodinated|non-?ionic|gadolinium|gad\w+|omnipaque|isovue|visipaque|optiray|ultravist|oxilan|iohexol|iopamidol|iodixanol|ioversol|iopromide|dotarem|magnevist|multihance|prohance|omniscan|eovist|clariscan|vueway|elucirem)"
_CONTRAST = re.compile(
    rf"\bwith (?:the )?(?:(?:use|administration|aid) of )?(?:(?:iv|i\.v\.|intravenous|intravascular|intra-?articular|intrathecal|iodinated|gadolinium-based|oral and|and|oral|{_AGENT}) )*(?:contrast|gadolinium)\b(?!-?induced| allerg| react)"
    rf"|\b(?:contrast|gadolinium)[- ]enhanced\b|\bpost-? ?contrast\b|\b(?:after|following)\b[^.]{{0,60}}\b(?:administration|injection|infusion|bolus) of\b[^.]{{0,40}}{_AGENT}|\b(?:iv|i\.v\.|intravenous|intra-?articular|intrathecal) (?:[\w-]+ )?(?:contrast|gadolinium)"
    rf"|\d ?(?:ml|cc|mmol)\b(?:/kg)? (?:of )?(?:(?:iv|intravenous|low[- ]osmol\w+) )?{_AGENT}|\b(?:contrast|gadolinium)(?: material| agent| medium| media)? (?:was |were )?(?:administered|injected|given|infused)"
    r"|\b(?:omnipaque|isovue|visipaque|optiray|ultravist|iohexol|iopamidol|iodixanol|ioversol|iopromide|gadavist|gadobutrol|dotarem|magnevist|multihance|prohance|omniscan|eovist|clariscan|vueway|elucirem)\b|\barthrogra\w+|\bmyelogra\w+"
    r"|\b(?:arterial|portal venous|venous|nephrographic|delayed|corticomedullary|hepatic|excretory)[- ]phase\b"
)
_ENTERAL = re.compile(
    r"\b(?:oral|enteric|rectal|po)\b(?! (?:and|or|&|plus|/) ?(?:iv|intravenous))[^.]{0,40}contrast|\bcontrast[^.]{0,30}\b(?:orally|rectally|by mouth|per rectum|enema)"
)
_PARENTERAL = re.compile(
    r"\b(?:iv|i\.v\.|intravenous\w*|intravascular\w*|intra-?articular\w*|intrathecal\w*|arthrogra\w+|myelogra\w+|portal venous|arterial phase|post-?contrast|enhanced)\b"
)
_NOT_THIS_SCAN = re.compile(
    r"\b(?:advis\w+|further (?:evaluation|characteri[sz]ation|assessment)|allerg\w+|would|could|may|might|ordered|order|request\w*|refus\w+|declin\w+)\b"
)
_ASA = re.compile(
    r"\basa\b(?:'?s)?(?: (?:physical|status|class(?:ification)?|ps|score|grade))* ?[:=]? ?(?:is |was |of )?(?:class |grade |ps )?(iii|iv|vi|ii|i|v|[1-6])(?:e\b|\b)(?! ?(?:mg|tab|daily))"
    r"|\bphysical status ?[:=]? ?(?:is |was |of )?(?:class |p|asa )?(iii|iv|vi|ii|i|v|[1-6])(?:e\b|\b)"
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
_TIMED = re.compile(
    r"\b(?:total )?(?:direct |one-on-one )?timed[- ](?:code |codes |treatment |therapy |service |services |intervention )*(?:minutes|time|min|mins)\b[^\d.;]{0,25}(\d{1,3})\b(?!:)|\b(\d{1,3}) (?:total )?(?:minutes (?:of )?|min (?:of )?)?timed\b"
)
_UNTIMED = re.compile(r"\bun-?timed\b")
_OLD_RANGE = re.compile(r"\b(15|30|45|60|10|20|40)\s*(?:-|to)\s*(29|44|59|74|19|39|54)\s*(?:minutes|mins?)\b")
_IDENTIFIERS = {
    "social security": re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])"),
    "Medicare beneficiary": re.compile(
        r"(?<![a-z0-9])[1-9][ac-hj-kmnp-rt-y][ac-hj-kmnp-rt-y0-9]\d-?[ac-hj-kmnp-rt-y][ac-hj-kmnp-rt-y0-9]\d-?[ac-hj-kmnp-rt-y]{2}\d{2}(?![a-z0-9])"
    ),
    "medical record": re.compile(
        r"\b(?:mrn|medical record (?:number|no\.?|#))\s*[:#=]?\s*#?\s*(?P<number>[a-z]{0,3}\d{5,12})\b"
    ),
}

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
_DENIAL = (
    r"\b(?:no(?! longer| doubt)|not(?! only)|without|never|den(?:y|ies|ied)|deferred|nor|neither|cannot|unable to|fail(?:ed|s|ure) to|lack of"
    r"|lacking|absence of|absent|negative for|free of|rather than|instead of|\w*n't|declined|omitted)\b"
)
_DENIED_BEFORE = re.compile(
    rf"{_DENIAL}"
    r"(?:(?:[^\w,;:.()]+[\w'/-]+){0,6}|(?:[^\w;:.()]+[\w'/-]+){0,9}[^\w;:.()]+(?:or|nor)(?:[^\w,;:.()]+[\w'/-]+){0,4})[^\w,;:.()]*$"
)
#: "No fever, chills, infection or pain": what stands in the middle of a list is denied with it.
_LIST_BEFORE = re.compile(rf"{_DENIAL}(?:[^\w,;:.()]+[\w'/-]+){{1,4}}(?:, ?[\w'/-]+(?: [\w'/-]+){{0,2}})*, $")
_LIST_BEHIND = re.compile(r"^(?: [\w'/-]+){0,2}(?:, ?[\w'/-]+(?: [\w'/-]+){0,2})*,? ?\b(?:or|nor)\b")
#: "Cannot be ruled out" denies nothing, and neither do two denials: "not made without supervision".
_OPEN_BEFORE = re.compile(r"\b(?:rule|ruled|ruling|exclude[ds]?|excluding) (?:out )?")
_OPEN_BEHIND = re.compile(
    r"^[^,;:.]{0,40}?\b(?:cannot|(?:could|can|is|are|was|were)(?: not|n't)|not|never)(?: \w+)? (?:be |been )?(?:ruled out|excluded)\b"
)
_TWICE_DENIED = re.compile(
    r"\b(?:no|not|never|cannot|none|nothing|\w*n't)\b(?!.*\b(?:and|but|or)\b)[^,;:.]*\bwithout\b[^,;:.]*$"
)
_NOT_DENIED = re.compile(
    r"\b(?:but|however|though|although|except|while|whereas|contrast|complications?|difficult(?:y|ies)|incident|sedation|issues?|problems?|change|delay|adverse)\b"
)
_DENIED_AFTER = re.compile(
    r"^(?:[^\w,;:.()]+[\w'/-]+){0,3}?[^\w,;:.]+(?:(?:was|were|is|are|has|have|had|did|could|does|do)(?: been)? (?:not|never)\b|(?:was|were|is|are|did|has|does)n'?t\b"
    r"|not (?:used|required|performed|needed|available|obtained|done|indicated|applicable|made|given|necessary|provided|documented|stated|requested|ordered)|(?:was|were) (?:deferred|declined|omitted|refused|unavailable|down|broken|out of (?:order|service))|(?:was|were|has been|have been|is|are) (?:ruled out|excluded)|unavailable)"
    r"|^[^;:.]{0,40}?, (?:but )?(?:it|this|that|one|they|these) (?:was|were|is|are) not (?:used|needed|required|done|made|performed|necessary)"
    r"|^[^\w,;.:]*(?:\w+ ?){0,3}\s*[:=?]\s*n(?=[\s.,;)]|$)"
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
    `clock` (a time of day), `minutes` (a duration), `total-time` (a duration given as the visit's), `critical-minutes`,
    `timed-minutes` and `minutes-range` (of therapy and of the old office visits), `side-named` (any word for a side),
    `views` (a count, a colon, the part of the body), `contrast` (with, without, both, enteral), `asa` (a physical
    status), `identifier` (the kind of identifier, never the identifier).
    """
    found: dict[Statement, None] = {}
    lowered = text.lower()
    for kind, identifier in _IDENTIFIERS.items():
        if identifier.search(lowered):
            found[Statement("identifier", section, False, kind)] = None
    for sentence in sentences(text):
        body = sentence
        label = _LABEL.match(sentence)
        if label and (heading_kind(label.group(1)) or sentence.startswith("#")):
            body = sentence[label.end() :]
            # "HPI: ... Exam: ... A/P: ..." in one paragraph: what follows a label stands in its section.
            kind = heading_kind(label.group(1))
            section = kind if kind and kind != "charges" else section
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


def identifier_spans(text: str) -> list[tuple[int, int]]:
    """Where a text holds what looks like an identifier of a patient: (start, end) in characters, in order, labels left out."""
    spans = set()
    for pattern in _IDENTIFIERS.values():
        for match in re.finditer(pattern.pattern, text, re.IGNORECASE):
            spans.add(match.span("number") if "number" in pattern.groupindex else match.span())
    return sorted(spans)


def _denied(sentence: str, start: int, end: int) -> bool:
    """Whether a sentence denies what it names between `start` and `end`."""
    behind, ahead = sentence[end : end + _REACH], sentence[max(start - _REACH, 0) : start]
    if _OPEN_BEHIND.match(behind):
        return False
    if _DENIED_AFTER.match(behind):
        return True
    before = _DENIED_BEFORE.search(ahead) or (_LIST_BEHIND.match(behind) and _LIST_BEFORE.search(ahead))
    if not before or _NOT_DENIED.search(before.group()):
        return False
    return not _OPEN_BEFORE.search(before.group()) and not _TWICE_DENIED.search(ahead)


def _read_views(sentence: str, section: str, found: dict[Statement, None]) -> None:
    """How many X-ray views a sentence gives, and of what: "3:knee", "2:" where it names no part of the body, "3+:"
    where there may be more."""
    if _ASIDE.search(sentence) or _MORE_VIEWS.search(sentence) or ("left" in sentence and "right" in sentence):
        return
    counts = {str(_NUMBERS.get(word, 0) or word) for pair in _VIEW_COUNT.findall(sentence) for word in pair if word}
    if not counts:
        for one in _PROJECTIONS.findall(sentence):
            # "Oblique views" may be one or two.
            counts.add(f"{len(_ONE_PROJECTION.findall(one))}{'+' if 'oblique' in one else ''}")
    parts = sorted({match.group(1) for match in _VIEWED.finditer(sentence)})
    for count in counts:
        found[Statement("views", section, False, f"{count}:{' '.join(parts)}")] = None


def _contrast(sentence: str) -> str:
    """Whether a sentence says that contrast was given: "with", "without", "both", "enteral" (that only), or ""."""
    if _ASIDE.search(sentence) or _NOT_THIS_SCAN.search(sentence):
        return ""
    if _BOTH_CONTRAST.search(sentence):
        return "both"
    without = _NO_CONTRAST.search(sentence) is not None
    enteral = _ENTERAL.search(sentence) is not None
    given = [match for match in _CONTRAST.finditer(sentence) if not _denied(sentence, match.start(), match.end())]
    if enteral and not without and not _PARENTERAL.search(sentence):
        return "enteral"
    if without:
        rest = _NO_CONTRAST.sub(" ", sentence)
        return "both" if _CONTRAST.search(rest) and not enteral else "without"
    return "with" if given else ""


def _read_values(sentence: str, section: str, found: dict[Statement, None]) -> None:
    """Sides, parts of the body and times."""
    for match in _SIDES.finditer(sentence):
        if not _NOT_A_SIDE.search(sentence[max(match.start() - 12, 0) : match.start()]):
            word = match.group(1)
            found[Statement("side", section, False, word if word in ("left", "right") else "both")] = None
    for match in _SIDE_LETTER.finditer(sentence):
        found[Statement("side", section, False, "left" if match.group(1)[0] == "l" else "right")] = None
    for match in _BODY.finditer(sentence):
        found[Statement("body", section, False, match.group(1))] = None
    for match in _SIDE_NAMED.finditer(sentence):
        word = match.group(1)
        side = "left" if word in _LEFT else "right" if word in _RIGHT else "both"
        found[Statement("side-named", section, False, side)] = None
    if "view" in sentence or "ap " in sentence or "lateral" in sentence:
        _read_views(sentence, section, found)
    if any(word in sentence for word in ("contrast", "enhanced", "gad", "w/")) or _CONTRAST.search(sentence):
        contrast = _contrast(sentence)
        if contrast:
            found[Statement("contrast", section, False, contrast)] = None
    for match in _ASA.finditer(sentence):
        status = match.group(1) or match.group(2)
        found[Statement("asa", section, False, _ROMAN.get(status, status))] = None
    for match in _TIMED.finditer(sentence):
        found[Statement("timed-minutes", section, False, match.group(1) or match.group(2))] = None
    for match in _OLD_RANGE.finditer(sentence):
        found[Statement("minutes-range", section, False, f"{match.group(1)}-{match.group(2)}")] = None
    for match in _CLOCK.finditer(sentence):
        found[Statement("clock", section, False, f"{int(match.group(1)):02}:{match.group(2)}")] = None
    for match in _CLOCKS.finditer(sentence):
        for hour, minute in (match.group(1, 2), match.group(3, 4)):
            found[Statement("clock", section, False, f"{hour}:{minute}")] = None
    if "min" not in sentence and "hour" not in sentence and " hr" not in sentence:
        return
    minutes = [
        int(match.group(3)) if match.group(3) else 60 * int(match.group(1)) + int(match.group(2) or 0)
        for match in _DURATION.finditer(sentence)
    ]
    for value in minutes:
        found[Statement("minutes", section, False, str(value))] = None
    if minutes and "critical care" in sentence and not _RANGE.search(sentence):
        found[Statement("critical-minutes", section, False, str(max(minutes)))] = None
    if minutes and _VISIT_TIME.search(sentence) and not _OTHER_TIME.search(sentence) and not _RANGE.search(sentence):
        found[Statement("total-time", section, False, str(max(minutes)))] = None
        if _DAY_OF_VISIT.search(sentence):
            found[Statement("time-of-day-stated", section)] = None
