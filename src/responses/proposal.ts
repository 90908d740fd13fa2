import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal } from "../chat/refusal.ts";
import type { RegionId } from "../domain/ids.ts";
import { levelWords } from "../domain/responses/levels.ts";
import { readAlertOrder } from "../domain/responses/order-words.ts";
import type { Reader } from "../store/store.ts";
import { startResponseButton } from "./change-forms.ts";
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
  const area = countiesIn(said.rest, context);
  const values = {
    ...(said.level === undefined ? {} : { level: levelWords[said.level] }),
    ...(said.documentNo === undefined ? {} : { documentNo: said.documentNo }),
    ...(said.start === undefined ? {} : { start: said.start }),
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
