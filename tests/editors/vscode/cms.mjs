// What stands in for CMS: the pages that list the current tables, and of these only that of unit limits; the others are gone.
// `asked` is what it was asked for.
import http from "node:http";
import zlib from "node:zlib";

const FILE = "/files/zip/medicare-ncci-2024-q3-practitioner-services-mue-table.zip";
const NCCI = "/medicare/coding-billing/national-correct-coding-initiative-ncci-edits";
const PAGES = {
  [`${NCCI}/medicare-ncci-medically-unlikely-edits`]: FILE,
  [`${NCCI}/medicare-ncci-procedure-procedure-ptp-edits`]: "/files/zip/medicare-ncci-2024q3-practitioner-ptp-edits-ccipra-v302r0-f1.zip",
  [`${NCCI}/medicare-ncci-add-code-edits`]: "/files/zip/add-code-edits-medicare-effective-07012024.zip",
  "/medicare/payment/fee-schedules/physician/pfs-relative-value-files": "/files/zip/rvu24c.zip",
  "/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update": "/files/zip/july-2024-alpha-numeric-hcpcs-file.zip",
};

export const asked = [];

export function serve(port) {
  const table = zip("MCR_MUE_PractitionerServices_Eff_07-01-2024.csv", Buffer.from([
    '"Invented terms",,,', "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale",
    // codes of every range: a table without those of one is taken for cut off
    ...Array.from({ length: 9_000 }, (_, number) => String(100 + number * 11).padStart(5, "0")).concat("G0008", "J0120")
      .map((code) => `${code},1,3 Date of Service Edit: Clinical,Reason`), "",
  ].join("\n")));
  const server = http.createServer((request, response) => {
    const [path] = request.url.split("?");
    asked.push(path);
    if (path in PAGES) response.setHeader("Content-Type", "text/html").end(`<a href="/license/ama?file=${PAGES[path]}">current</a>`);
    else if (path === FILE) response.setHeader("Content-Type", "application/zip").end(table);
    else response.writeHead(404).end();
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}

/** A zip file with one member, stored as it is. */
function zip(name, data) {
  const field = (...parts) => Buffer.concat(parts.map(([value, size]) => {
    const bytes = Buffer.alloc(size);
    bytes.writeUIntLE(value, 0, size);
    return bytes;
  }));
  const common = [[0, 2], [0, 2], [0, 2], [0x21, 2], [zlib.crc32(data), 4], [data.length, 4], [data.length, 4], [name.length, 2], [0, 2]];
  const local = Buffer.concat([field([0x04034b50, 4], [20, 2], ...common), Buffer.from(name), data]);
  const central = Buffer.concat([field([0x02014b50, 4], [20, 2], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [0, 4]), Buffer.from(name)]);
  return Buffer.concat([local, central, field([0x06054b50, 4], [0, 2], [0, 2], [1, 2], [1, 2], [central.length, 4], [local.length, 4], [0, 2])]);
}
