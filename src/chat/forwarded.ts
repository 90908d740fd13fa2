/** A line that a chat or a mail program puts above what is forwarded: who said it, when, under which heading. */
const HEADERS = [
  /^[-=—–_*\s]*(?:转发的?(?:消息|邮件|内容|聊天记录)?|以下为转发(?:内容)?|聊天记录|原始邮件|forwarded message)[-=—–_*\s:：]*$/i,
  /^(?:发件人|收件人|抄送|发送时间|时间|日期|主题|来自|from|to|date|sent|subject|cc)\s*[:：].*$/i,
  /^(?:forwarded from|转发自|转自)[\s:：].*$/i,
  // 张三 2020/6/14 09:12 and 张三(138…) 9:12:33
  /^(?=.{1,50}$)\S.*?[\s(（)）]\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?$/i,
  // 【转发】李四： and 李四：
  /^(?:[【[]?转发[】\]]?\s*)?@?[\p{L}\p{N}_·（）()]{1,20}\s*[:：]$/u,
];
/** What stands before a text in the same line. */
const MARK = /^(?:[【[]\s*转发\s*[】\]]|转发\s*[:：]|fwd?\s*[:：])\s*/i;

/**
 * A text without what says that it was forwarded; `header` is that, for whoever has to be asked whether an order of somebody
 * else is to be given out. A text that would have nothing left stays as it is.
 */
export function withoutHeader(text: string): { text: string; header: string | null } {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^\s*>+\s?/, "").trim());
  const said = lines.filter((line) => line !== "");
  let taken = 0;
  while (taken < said.length - 1 && HEADERS.some((header) => header.test(said[taken] ?? ""))) taken += 1;
  const rest = said.slice(taken).join("\n");
  const mark = MARK.exec(rest)?.[0] ?? "";
  const header = [...said.slice(0, taken), mark.trim()].filter(Boolean).join(" ");
  const left = rest.slice(mark.length).trim();
  return header === "" || left === "" ? { text, header: null } : { text: left, header };
}
