import { z } from "zod";
import { AUDIT } from "../src/air/audit.ts";
import { only } from "../src/chat/access.ts";
import { command } from "../src/chat/command.ts";
import { says } from "../src/chat/says.ts";
import { shortTime } from "../src/chat/wording.ts";
import type { DataState } from "../src/domain/air/data-state.ts";
import { holdsRole } from "../src/domain/posts.ts";
import type { BatchBy } from "../src/store/batches.ts";

const toWithdraw = says("撤回导入");
const SHOWN = 20;
const stateNames: Readonly<Record<DataState, string>> = {
  audited: "审核后",
  unaudited: "未经审核",
  mixed: "部分审核后",
};

/** 导入记录：who has brought in what when, and what was taken back. */
export default command({
  name: "imports",
  words: ["导入记录", "导入历史"],
  hints: ["导入了什么", "谁导入的", "最近导入"],
  help: { does: "看最近导入了哪些数据，由谁导入，是否已撤回", example: "导入记录" },
  audience: "person",
  who: only("查看导入记录", "office", "supervision"),
  args: z.object({}),

  async answer({ person }, { store, office, imports }) {
    const batches = await store.batches.latest(SHOWN);
    const names = new Map((await store.people.ever()).map(({ id, name }) => [id, name]));
    const titles = new Map([...imports, AUDIT].map(({ id, title }) => [id, title]));
    const time = (at: number) => shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(at)));
    const outcome = ({ withdrawnAt, withdrawnBy, withdrawnWhy }: BatchBy) => {
      if (withdrawnAt === null) return "—";
      const why = withdrawnWhy === null ? "" : `：${withdrawnWhy}`;
      return `${time(withdrawnAt)}由${names.get(withdrawnBy ?? 0) ?? "终端"}撤回${why}`;
    };
    return {
      title: "导入记录",
      blocks: [
        batches.length === 0
          ? { kind: "text", text: "还没有导入过数据。" }
          : {
              kind: "table",
              columns: [
                { title: "编号" },
                { title: "时间" },
                { title: "导入人" },
                { title: "类别" },
                { title: "文件" },
                { title: "新增", align: "end" },
                { title: "更正", align: "end" },
                { title: "数据状态" },
                { title: "撤回" },
              ],
              rows: batches.map((batch) => [
                String(batch.id),
                time(batch.at),
                batch.by ?? "终端",
                titles.get(batch.kind) ?? batch.kind,
                batch.name,
                String(batch.added),
                String(batch.corrected),
                stateNames[batch.dataState as DataState] ?? "—",
                outcome(batch),
              ]),
            },
      ],
      buttons: holdsRole(person, "office") && batches.length > 0 ? [toWithdraw("撤回导入")] : [],
      facts: {
        rows: batches.map(({ id, kind, by, at, name, sha256, withdrawnAt, ...batch }) => ({
          ...{ batch: id, kind, by, file: name, sha256 },
          at: office.local(Temporal.Instant.fromEpochMilliseconds(at)).toString({ timeZoneName: "never" }),
          ...{ rows: batch.rows, added: batch.added, corrected: batch.corrected, unchanged: batch.unchanged },
          ...{ dataState: batch.dataState, from: batch.firstDay, to: batch.lastDay },
          withdrawn: withdrawnAt !== null,
        })),
      },
    };
  },
});
