-- X12 and HL7 by their endings and by their first segment.
require("superbill").detect()
