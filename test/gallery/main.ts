import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { anOffice } from "../support/office.ts";
import { entries, MOST_BYTES } from "./entries.ts";

// Draws docs/gallery anew from the demonstration at a fixed date: `npm run docs:gallery`, or `-- trend pace` for some. Every
// picture is to be looked at with one's own eyes, as wide as the index shows it, too: that is what a phone shows.
const folder = join(import.meta.dirname, "../../docs/gallery");
const AT = "2020-06-15T10:00";
/** Points of a phone's screen. */
const PHONE = 390;

const light = (page: Uint8Array, colours: number) =>
  sharp(page).png({ palette: true, colours, effort: 10, compressionLevel: 9 }).toBuffer();

const wanted = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
if (wanted.length === 0)
  for (const file of readdirSync(folder)) if (file.endsWith(".png")) rmSync(join(folder, file));
const sections: string[] = [];
for (const { file, title, how, draw, at = AT } of entries) {
  // An office of its own: what one entry asks changes nothing for the next.
  const office = await anOffice({ at });
  const drawn = await draw(office).finally(() => office.close());
  const pages = drawn instanceof Uint8Array ? [drawn] : drawn;
  const names = pages.map((_, at) => `${file}${pages.length > 1 ? `-${at + 1}` : ""}.png`);
  sections.push(
    [
      `## ${title}`,
      `\`${how}\``,
      ...names.map((name) => `<img src="${name}" width="${PHONE}" alt="${title}">`),
    ].join("\n\n"),
  );
  if (wanted.length > 0 && !wanted.some((name) => file.startsWith(name))) continue;
  for (const [n, page] of pages.entries()) {
    let bytes = await light(page, 64);
    if (bytes.length > MOST_BYTES) bytes = await light(page, 16);
    if (bytes.length > MOST_BYTES) throw new Error(`${names[n]} has ${bytes.length} bytes`);
    writeFileSync(join(folder, names[n] ?? ""), bytes);
    console.log(`${names[n]}: ${Math.round(bytes.length / 1000)} kB`);
  }
}
const head = `# Gallery

What people see, drawn from the demonstration's data (made up), where nothing else is needed as of 15 June 2020, and shown as wide as on a phone. Drawn by \`npm run docs:gallery\`; an entry is a line of \`test/gallery/entries.ts\`.`;
writeFileSync(join(folder, "README.md"), `${[head, ...sections].join("\n\n")}\n`);
