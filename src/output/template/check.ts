import { BODY, LOOPS, TEXT_NAMES } from "./names.ts";
import { openTemplate, type TemplateTag } from "./open.ts";

const DOCUMENT = "word/document.xml";

/**
 * What is wrong with an office's template, in words; empty when it can be filled. `fields` are the labels that its paper has
 * beside what all papers have: 问题编号, 地点.
 */
export async function templateFaults(docx: Uint8Array, fields: readonly string[]): Promise<string[]> {
  const unsafe = await foreignParts(docx);
  if (unsafe.length > 0) return unsafe;
  let opened: Awaited<ReturnType<typeof openTemplate>>;
  try {
    opened = await openTemplate(docx);
  } catch (error) {
    return [...new Set(faultsOf(error))];
  }
  const known = new Set<string>([...TEXT_NAMES, ...fields]);
  const used = [...opened.tags.values()].flat();
  const faults = [...opened.tags].flatMap(([file, tags]) => unknownIn(tags, known, file));
  const whole = [...opened.tags.keys()].map((file) => opened.template.getFullText(file)).join("");
  if (/[｛｝]/.test(whole)) faults.push("占位符要用半角花括号{ }，文中有全角的｛或｝");
  if (!named(used, "标注")) faults.push("缺少{标注}：待签发、演示数据等字样要印在每一页，请放进页眉");
  if (!used.some(({ kind, name }) => kind === "body" || /^表格/.test(name) || fields.includes(name)))
    faults.push(`缺少{${BODY}}：公文的内容没有地方放`);
  return [...new Set(faults)];
}

const named = (tags: readonly TemplateTag[], name: string): boolean =>
  tags.some((tag) => tag.name === name || named(tag.within, name));

function unknownIn(tags: readonly TemplateTag[], known: ReadonlySet<string>, file: string): string[] {
  return tags.flatMap(({ name, kind, within }) => {
    if (kind === "body") return file === DOCUMENT ? [] : [`{${BODY}}不能放在页眉、页脚里`];
    const loop = kind === "loop" ? LOOPS[name] : undefined;
    if (loop !== undefined) return unknownIn(within, new Set([...known, ...loop]), file);
    if (!known.has(name)) return [`不认识占位符{${name}}，这里可以用${listed(known)}`];
    return unknownIn(within, known, file);
  });
}

const listed = (known: ReadonlySet<string>) =>
  [...[...known].filter((name) => !/^列([2-9]|\d\d)$/.test(name)), BODY].map((name) => `{${name}}`).join("");

/** A file that isn't Word's, or that brings more than text and pictures of its own. */
async function foreignParts(docx: Uint8Array): Promise<string[]> {
  const { strFromU8, unzipSync } = await import("fflate");
  try {
    const files = unzipSync(docx);
    if (files[DOCUMENT] === undefined) return [NO_WORD];
    if (Object.keys(files).some((name) => /vbaProject|\/activeX\/|\/embeddings\//.test(name)))
      return ["含有宏或嵌入的对象，请另存为不含宏的.docx"];
    const linked = Object.entries(files)
      .filter(([name]) => name.endsWith(".rels"))
      .flatMap(([, bytes]) => [
        ...strFromU8(bytes).matchAll(/<Relationship [^>]*TargetMode="External"[^>]*>/g),
      ])
      .filter(([relation]) => !/\/hyperlink"/.test(relation));
    return linked.length === 0 ? [] : ["引用了文件以外的图片或模板，请改为嵌入"];
  } catch {
    return [NO_WORD];
  }
}
const NO_WORD = "不是Word文档，请在Word里另存为.docx";

type Fault = {
  properties?: {
    id?: string;
    xtag?: string;
    openingtag?: string;
    closingtag?: string;
    errors?: readonly Fault[];
  };
  message?: string;
};

function faultsOf(error: unknown): string[] {
  const { properties = {}, message = "" } = error as Fault;
  const { errors, id = "", xtag = "", openingtag = "", closingtag = "" } = properties;
  if (errors !== undefined && errors.length > 0) return errors.flatMap(faultsOf);
  const said: Record<string, string> = {
    unclosed_tag: `占位符“{${xtag}”少了右花括号}`,
    unopened_tag: `“${xtag}}”少了左花括号{`,
    duplicate_open_tag: `“${xtag}”处连写了两个左花括号`,
    duplicate_close_tag: `“${xtag}”处连写了两个右花括号`,
    unclosed_loop: `{#${xtag}}没有结尾，请在后面写{/${xtag}}`,
    unopened_loop: `{/${xtag}}没有开头，请在前面写{#${xtag}}`,
    unbalanced_loop_tags: "循环的开头和结尾不在同一个表格里",
    loop_position_invalid: `{#${xtag}}和{/${xtag}}的位置不对，须在同一段、同一行或同一个表格里`,
    closing_tag_does_not_match_opening_tag: `{#${openingtag}}的结尾写成了{/${closingtag}}，应为{/${openingtag}}`,
    raw_xml_tag_should_be_only_text_in_paragraph: `{${BODY}}须单独占一段`,
    raw_tag_outerxml_invalid: `{${BODY}}须单独占一段`,
  };
  return [said[id] ?? `模板不能用（${message}）`];
}
