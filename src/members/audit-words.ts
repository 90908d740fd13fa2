import { labelOfAction } from "../chat/action.ts";
import type { Context } from "../chat/command.ts";
import { platformName } from "../chat/platform.ts";
import { own } from "../domain/own.ts";
import type { AuditRow } from "../store/audit.ts";
import type { Reader } from "../store/store.ts";

/** What the bot does by itself, and what isn't a command's or a button's. */
const ACTS: Readonly<Record<string, string>> = {
  stranger: "陌生人来访",
  button: "按了不是自己的按钮",
  file: "打开不是自己的文件",
  restore: "从备份恢复",
  "plan.load": "载入计划",
  "clock.back": "时钟被拨回",
  "platform.out": "平台中断",
  "platform.back": "平台恢复",
  "chat.parked": "群不再接收消息",
  "chat.topic-closed": "群话题已关闭",
  blocked: "停用机器人私聊",
  unblocked: "恢复机器人私聊",
  "post.begin": "任职开始",
  "post.end": "任职结束",
  "stand-in.begin": "代班开始",
  "stand-in.end": "代班结束",
  "evidence.add": "发送佐证",
  "evidence.locate": "补充照片位置",
  import: "导入表格",
  "import.ask": "询问表格内容",
  "import.columns": "说明表格内容",
  "import.confirm": "确认导入",
  "import.cancel": "取消导入",
  "audit.seal": "重新封存审计记录",
  "audit.accept-loss": "接受数据损失后启动",
  "files.sweep": "清理无主文件",
  "rows.thin": "清理过期数据",
  "issue-deadlines": "问题到期提醒",
  "notice.again": "换平台再发",
  "notice.call": "请市办电话通知",
  "sign-in.code": "发送网页登录码",
  "sign-in": "网页登录",
  "sign-out": "退出网页登录",
};

/** What details are called that say what changed. */
const KEYS: Readonly<Record<string, string>> = {
  from: "从",
  account: "账号",
  invitation: "邀请",
  inviter: "邀请人",
  of: "本人",
  name: "姓名",
  role: "角色",
  regionId: "地区",
  departmentId: "部门",
  before: "原",
  after: "现",
  why: "原因",
  as: "方式",
  expiresAt: "有效至",
  platform: "平台",
  via: "平台",
  title: "标题",
  person: "人员",
  browser: "浏览器",
  verdict: "结果",
  inbox: "来信",
  messages: "会话",
  cards: "通知",
  tokens: "表单和登录",
  files: "文件",
  queued: "发出",
  state: "情况",
  doubtful: "存疑",
  setAside: "搁置",
  backup: "备份",
  lost: "缺失",
};
const LONGEST = 160;

type Around = Pick<Context<Reader>, "store" | "commands" | "platforms" | "schedules">;

/** What was done, in the office's words; what this version doesn't know is shown as it is. */
export function actWords(
  act: string,
  { commands, schedules }: Pick<Around, "commands" | "schedules">,
): string {
  const command = commands.find(({ name }) => name === act)?.words[0];
  const job = schedules.find(({ name }) => name === act)?.title;
  // A platform says under its own name that somebody has shut the bot out.
  const said = act.replace(/^[a-z]+\.(?=(?:un)?blocked$)/, "");
  return own(ACTS, said) ?? labelOfAction(act) ?? command ?? job ?? act;
}

/** What it was about: an issue's number, a person's name, an account. */
export async function subjectWords(subject: string | null, { store, platforms }: Around): Promise<string> {
  const [, kind, rest = ""] = /^([a-z]+):(.*)$/.exec(subject ?? "") ?? [];
  switch (kind) {
    case "issue":
      return (await store.issues.byId(Number(rest)))?.no ?? rest;
    case "person":
    case "settings":
    case "accounts":
      return (await store.people.byId(Number(rest)))?.name ?? rest;
    case "account": {
      const [platform = "", , key = ""] = rest.split("/");
      return `${platformName(platforms, platform)}账号 …${key.slice(-4)}`;
    }
    case "invitation":
      return `邀请 ${rest}`;
    default:
      return subject ?? "";
  }
}

/** What changed: old and new, from which account, by which invitation. */
export function detailWords({ detail }: Pick<AuditRow, "detail">): string {
  const said = Object.entries(JSON.parse(detail) as Record<string, unknown>).map(
    ([key, value]) => `${KEYS[key] ?? key}：${valueWords(value)}`,
  );
  const whole = said.join("；");
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
}

function valueWords(value: unknown): string {
  if (value === null || value === undefined) return "无";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value !== "object") return String(value);
  const parts = Object.entries(value)
    .filter(([key]) => key !== "id")
    .map(([, each]) => valueWords(each));
  return parts.filter((part) => part !== "").join("/");
}
