import type { DXT } from "docxtemplater";
import { BODY } from "./names.ts";

/** A tag of a template as it stands in one of its parts; what a loop holds is in it. */
export type TemplateTag = { name: string; kind: "text" | "loop" | "body"; within: readonly TemplateTag[] };

type Part = { type: string; value: string; module?: string; subparsed?: readonly Part[] };

/**
 * Opens an office's template with docxtemplater: its zip, what fills it, and its tags by the part of the file.
 * @throws TemplateError of the package with every fault; Error for what is no zip
 */
export async function openTemplate(bytes: Uint8Array) {
  const [{ default: Docxtemplater }, { default: PizZip }] = await Promise.all([
    import("docxtemplater"),
    import("pizzip"),
  ]);
  const tags = new Map<string, readonly TemplateTag[]>();
  let file = "";
  const looks: DXT.Module = {
    name: "LooksAtTags",
    set({ inspect }: { inspect?: { filePath?: string; postparsed?: readonly Part[] } }) {
      file = inspect?.filePath ?? file;
      if (inspect?.postparsed) tags.set(file, tagsOf(inspect.postparsed));
    },
  };
  const zip = new PizZip(bytes);
  const template = new Docxtemplater(zip, {
    modules: [looks, drawsTheBody()],
    paragraphLoop: true,
    linebreaks: true,
    errorLogging: false,
    stripInvalidXMLChars: true,
    nullGetter: () => "",
  });
  return { template, zip, tags };
}

/** {正文} is XML of ours, without the @ that the package wants before such. */
const drawsTheBody = (): DXT.Module => ({
  name: "DrawsTheBody",
  optionsTransformer(options, doc) {
    const { modules } = doc as unknown as { modules: readonly { name: string; prefix: unknown }[] };
    for (const module of modules)
      if (module.name === "RawXmlModule") module.prefix = new RegExp(`^(${BODY})$`);
    return options;
  },
});

const tagsOf = (parts: readonly Part[]): TemplateTag[] =>
  parts
    .filter(({ type }) => type === "placeholder")
    .map(({ value, module, subparsed = [] }) => ({
      name: value,
      kind: module === "rawxml" ? "body" : module === "loop" ? "loop" : "text",
      within: tagsOf(subparsed),
    }));
