import type { Button, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { RegionId } from "../domain/ids.ts";
import { type AlertLevel, compareLevels, isAlertLevel, levelWords } from "../domain/responses/levels.ts";
import { readAlertOrder } from "../domain/responses/order-words.ts";
import type { ResponseRow } from "../store/responses.ts";
import type { Reader } from "../store/store.ts";
import { changeLevelButton, liftResponseButton, startResponseButton } from "./change-forms.ts";
import { plannedOrders } from "./orders.ts";
import { momentSaid } from "./said-time.ts";
import { drillMark, momentWords, responseName, shortName } from "./words.ts";

/** Counties that a text names; null: none, which is the whole city. */
function countiesIn(
  text: string,
  { office, names, today }: Pick<Context<Reader>, "office" | "names" | "today">,
): RegionId[] {
  const found = new Set<RegionId>();
  for (let at = 0; at < text.length; at += 1) {
    const place = names.placeAtStart(text.slice(at))?.place;
    const region = place?.regions.some(({ kind }) => kind !== "city")
      ? office.heirOf(place, today)
      : undefined;
    if (region === undefined) continue;
    found.add(region.id);
  }
  return [...found];
}

/**
 * What would be started, read out of a phrase or the order's own text, with whom it would reach; nothing is started before it is
 * confirmed. `evidence`: the order, where it was sent as a file.
 */
export async function proposalOfStart(
  text: string,
  context: Pick<Context<Reader>, "store" | "office" | "names" | "now" | "today">,
  evidence = 0,
): Promise<Card | Refusal> {
  const { office } = context;
  const said = readAlertOrder(text);
  const [running] = await context.store.responses.running();
  const from = momentSaid(said.start, context.now.epochMilliseconds, context);
  if (isRefusal(from)) return from;
  const to = momentSaid(said.end, null, context, "end");
  if (isRefusal(to)) return to;
  const area = countiesIn(said.rest, context);
  const values = {
    ...(said.level === undefined ? {} : { level: levelWords[said.level] }),
    ...(said.documentNo === undefined ? {} : { documentNo: said.documentNo }),
    ...(said.start === undefined ? {} : { start: said.start }),
    ...(said.end === undefined ? {} : { end: said.end }),
    ...(area.length === 0 ? {} : { area: area.map((id) => office.region(id).short).join("、") }),
    ...(said.drill ? { drill: "演练" } : {}),
  };
  const mark = drillMark(said);
  const orders =
    said.level === undefined
      ? []
      : await plannedOrders(
          { kind: "alert", level: said.level, area: area.length === 0 ? null : JSON.stringify(area) },
          context,
        );
  const firms = orders.filter(({ enterpriseId }) => enterpriseId != null);
  const lacks = [said.level === undefined ? "级别" : "", said.documentNo === undefined ? "文号" : ""].filter(
    Boolean,
  );
  return {
    title: `${mark}启动应急响应：请核对`,
    tone: said.drill ? "muted" : "bad",
    blocks: [
      ...(running === undefined
        ? []
        : [
            {
              kind: "text" as const,
              text: `正在进行：${responseName(running)}（${running.documentNo}）。`,
              tone: "notice" as const,
            },
          ]),
      {
        kind: "facts",
        items: [
          {
            label: "响应",
            value:
              said.level === undefined
                ? "—"
                : responseName({ kind: "alert", drill: said.drill, level: said.level }),
          },
          { label: "文号", value: said.documentNo ?? "—" },
          { label: "起", value: momentWords(from, office) },
          ...(to === null ? [] : [{ label: "预计至", value: momentWords(to, office) }]),
          { label: "范围", value: values.area ?? "全市" },
          ...(orders.length === 0
            ? []
            : [
                {
                  label: "将通知",
                  value: `${orders.length - firms.length}个县区和部门、${firms.filter(({ exempt }) => exempt == null).length}家企业${firms.some(({ exempt }) => exempt != null) ? `（豁免${firms.filter(({ exempt }) => exempt != null).length}家）` : ""}`,
                },
              ]),
        ],
      },
      {
        kind: "text",
        text:
          lacks.length > 0
            ? `还缺${lacks.join("、")}，请按下面的按钮填写。`
            : "核对无误请按下面的按钮启动；有误可在表单里改。",
      },
    ],
    buttons: [
      startResponseButton(
        values,
        evidence,
        said.level === undefined
          ? `${mark}启动响应`
          : `启动${shortName({ kind: "alert", drill: said.drill, level: said.level })}`,
      ),
    ],
    facts: {
      said: {
        level: said.level ?? null,
        documentNo: said.documentNo ?? null,
        start: said.start ?? null,
        drill: said.drill,
      },
      area: values.area ?? null,
      units: orders.length,
      lacks,
    },
  };
}

type Around = Parameters<typeof proposalOfStart>[1];

/** The alert that runs in earnest: what an order about another level, or one that lifts, is about. */
const runningAlert = async ({ store }: Around): Promise<ResponseRow | undefined> =>
  (await store.responses.running()).find(({ kind, drill }) => kind === "alert" && !drill);

/** What an order would start, or, while an alert of another level runs, what it would make of that one. */
export async function proposalOfOrder(text: string, context: Around, evidence = 0): Promise<Card | Refusal> {
  const { level, drill } = readAlertOrder(text);
  const running = drill ? undefined : await runningAlert(context);
  const now = running?.level ?? "";
  return running === undefined || level === undefined || !isAlertLevel(now) || now === level
    ? proposalOfStart(text, context, evidence)
    : proposalOfLevel(text, { running, from: now, to: level }, context, evidence);
}

/** What would become of the alert that runs by another level, which somebody has said. */
export async function proposalOfChange(text: string, context: Around): Promise<Card | Refusal> {
  const running = await runningAlert(context);
  const from = running?.level ?? "";
  if (running === undefined || !isAlertLevel(from))
    return refuse("no-data", "现在没有进行中的应急响应，不能升级、降级。要启动，请发送“启动响应”。", [
      "启动响应",
    ]);
  const { level: to } = readAlertOrder(text);
  if (to === undefined)
    return refuse("usage", "请写明调整到哪一级，例如“升级为红色 文号 苏大气办〔2020〕5号”。", ["应急"]);
  if (to === from) return refuse("conflict", `现在就是${responseName(running)}，不用调整。`, ["应急"]);
  return proposalOfLevel(text, { running, from, to }, context, 0);
}

async function proposalOfLevel(
  text: string,
  { running, from, to }: { running: ResponseRow; from: AlertLevel; to: AlertLevel },
  context: Around,
  evidence: number,
): Promise<Card | Refusal> {
  const said = readAlertOrder(text);
  const at = momentSaid(said.start, context.now.epochMilliseconds, context);
  if (isRefusal(at)) return at;
  const way = compareLevels(to, from) > 0 ? "升级" : "降级";
  const start: Record<string, string> = said.start === undefined ? {} : { start: said.start };
  const values = { level: levelWords[to], ...documentIn(said), ...start };
  const button = changeLevelButton(way, running, values, evidence);
  return changeProposal(`${way}为${levelWords[to]}`, running, { said, at }, button, context);
}

/** What an order that lifts would end. */
export async function proposalOfLift(text: string, context: Around, evidence = 0): Promise<Card | Refusal> {
  const running = await runningAlert(context);
  if (running === undefined) return refuse("no-data", "现在没有进行中的应急响应，不用解除。", ["应急 历史"]);
  const said = readAlertOrder(text);
  const at = context.now.epochMilliseconds;
  return changeProposal(
    "解除",
    running,
    { said, at },
    liftResponseButton(running, documentIn(said), evidence),
    context,
  );
}

type Said = ReturnType<typeof readAlertOrder>;
const documentIn = ({ documentNo }: Said): Record<string, string> =>
  documentNo === undefined ? {} : { documentNo };

function changeProposal(
  what: string,
  running: ResponseRow,
  { said, at }: { said: Said; at: number },
  button: Button,
  { office }: Around,
): Card {
  return {
    title: `${responseName(running)}${what}：请核对`,
    tone: "bad",
    blocks: [
      {
        kind: "facts",
        items: [
          {
            label: "现为",
            value: `${responseName(running)}（${running.levelDocumentNo ?? running.documentNo}）`,
          },
          { label: "办理", value: what },
          { label: "文号", value: said.documentNo ?? "—" },
          { label: "起", value: momentWords(at, office) },
        ],
      },
      { kind: "text", text: `核对无误请按“${button.label}”；有误可在表单里改。` },
    ],
    buttons: [button],
    facts: {
      response: running.id,
      said: { level: said.level ?? null, documentNo: said.documentNo ?? null, start: said.start ?? null },
    },
  };
}
