import type { z } from "zod";
import type { EpochMs } from "../domain/ids.ts";
import type { Office } from "../office/office.ts";
import type { Evidence } from "../store/evidence.ts";
import { type Paper, paper } from "./paper.ts";
import { isRefusal, refuse } from "./refusal.ts";
import { longDate } from "./wording.ts";

/** A paper that hands out what somebody sent as it was kept. Its `find` authorises; of what its term has taken it is said when. */
export function keptPaper<P extends z.ZodObject>({
  find,
  ...spec
}: { name: string; params: P } & { find: Paper<P, Evidence>["data"] }): Paper<P, Evidence> {
  return paper<P, Evidence>({
    ...spec,
    async data(request, context) {
      const found = await find(request, context);
      if (isRefusal(found) || isKept(found)) return found;
      return refuse(
        "no-data",
        `${found.name}${removedWords([found], context.office)}，登记信息和校验码${found.sha256.slice(0, 12)}仍保留。`,
      );
    },
    render: async ({ name, type, sha256 }, { vault }) => ({ name, type, bytes: await vault.read(sha256) }),
  });
}

type Removable = { removedAt: EpochMs | null };

/** Whether a file's bytes are still there: those of what ended long ago go after the pack's term. */
export const isKept = ({ removedAt }: Removable): boolean => removedAt === null;

/** 已按期限清理（2030年6月20日）, in the place of files that are no longer there; empty where all are. */
export function removedWords(files: readonly Removable[], office: Pick<Office, "today">): string {
  const days = files.flatMap(({ removedAt }) =>
    removedAt === null ? [] : [longDate(office.today(Temporal.Instant.fromEpochMilliseconds(removedAt)))],
  );
  return days.length === 0 ? "" : `已按期限清理（${[...new Set(days)].join("、")}）`;
}

/** 其中2份已按期限清理（2030年6月20日）, after how many there are; empty where all are still there. */
export function removedAmong(
  files: readonly Removable[],
  unit: "份" | "张",
  office: Pick<Office, "today">,
): string {
  const gone = files.filter((file) => !isKept(file));
  return gone.length === 0 ? "" : `其中${gone.length}${unit}${removedWords(gone, office)}`;
}
