import { type Refusal, refuse } from "../chat/refusal.ts";
import { readDeadline } from "../domain/deadline-words.ts";
import type { Mandate } from "../domain/posts.ts";
import type { Names } from "../office/names.ts";
import type { Office } from "../office/office.ts";

type Around = { office: Office; names: Names; today: Temporal.PlainDate };

/** Words for a role, the longest first; what is left of the words beside it names the unit. */
const ROLE_WORDS =
  /县区联络员|县区部门联络员|镇街联络员|部门联络员|联络员|县区领导|市领导|领导|点位长|市办(?:工作)?(?:成员|人员)?|督查(?:人员|员)?/;

/** A post as offices write it: 如皋联络员, 住建局联络员, 县区联络员 海安, 海安点位长, 市办. */
export function readMandate(said: string, { office, names, today }: Around): Mandate | Refusal {
  const word = ROLE_WORDS.exec(said)?.[0];
  const unit = said.replace(word ?? "", "").replace(/[\s，,、:：的]+/g, "");
  const unclear = refuse(
    "usage",
    `看不懂职务“${said.trim().slice(0, 20)}”。请写县（市、区）或部门加职务，例如“${office.regionsOf({ to: today }, today)[0]?.short ?? ""}联络员”“${office.pack.departments[0]?.short ?? ""}联络员”“市办”“督查”。`,
  );
  if (word === undefined) return unclear;
  const place = unit === "" ? null : names.place(unit);
  const department = unit === "" || place !== null ? null : names.department(unit);
  const region = place?.regions.some((r) => r.kind !== "city") ? office.heirOf(place, today).id : null;
  const below =
    unit !== "" && place === null && department === null ? office.subunitCalled(unit, today) : null;
  if (below !== null)
    return /^(镇街|县区部门|部门)?联络员$/.test(word)
      ? {
          role: below.kind === "town" ? "town-liaison" : "bureau-liaison",
          regionId: below.id,
          departmentId: null,
        }
      : unclear;
  if (unit !== "" && region === null && department === null) return unclear;
  const city = (role: "office" | "supervision" | "city-lead"): Mandate | Refusal =>
    unit === "" ? { role, regionId: null, departmentId: null } : unclear;
  if (/^市办/.test(word)) return city("office");
  if (/^督查/.test(word)) return city("supervision");
  if (word === "市领导") return city("city-lead");
  if (region !== null && word !== "部门联络员") {
    const role = /领导/.test(word) ? "county-lead" : word === "点位长" ? "station-chief" : "county-liaison";
    return { role, regionId: region, departmentId: null };
  }
  if (department !== null && /^(部门)?联络员$/.test(word))
    return { role: "department-liaison", regionId: null, departmentId: department.id };
  return unclear;
}

/** A day that lies ahead, or today: 7月1日起, 明天, 即日起, 2020-07-01. */
export function readDay(said: string, { office, today }: Around): Temporal.PlainDate | Refusal {
  const bare = said.replace(/[\s，,]+/g, "").replace(/^从|(?:起始|开始|起|以后|止|当天)$/g, "");
  if (/^(即日|今天|今日|现在|马上)?$/.test(bare)) return today;
  const read = readDeadline(bare, { today, calendar: office.calendar, atOnce: 0 });
  if (read !== null && "date" in read) return read.date;
  return refuse("bad-date", `看不懂日期“${said.trim().slice(0, 20)}”。请写成 7月1日 或 2020-07-01。`);
}

/** 7月1日到7月10日, 7月1日到10日, 7.1-7.10, 明天, 3天 (from today on). */
export function readAbsence(
  said: string,
  around: Around,
): { from: Temporal.PlainDate; to: Temporal.PlainDate } | Refusal {
  const text = said.replace(/[\s，,]+/g, "");
  const days = /^(?:今天起)?(\d{1,3})[天日]$/.exec(text)?.[1];
  if (days !== undefined && Number(days) > 0)
    return { from: around.today, to: around.today.add({ days: Number(days) - 1 }) };
  const [first = "", last] = text.split(/到|至|~|～|—+|–|－|\.\.|(?<=^\d{1,2}\.\d{1,2})-/);
  const from = readDay(first, around);
  if (!(from instanceof Temporal.PlainDate)) return from;
  if (last === undefined) return { from, to: from };
  const month = /月/.exec(first) && /^\d{1,2}[日号]?$/.test(last) ? `${from.month}月` : "";
  const to = readDay(`${month}${month && !/[日号]$/.test(last) ? `${last}日` : last}`, around);
  return to instanceof Temporal.PlainDate ? { from, to } : to;
}

/** Whether a word is a day, or the beginning of some: what stands before it names somebody. 周华 and 明亮 are people. */
export const looksLikeDay = (word: string): boolean =>
  /^(从?\d|[一二三四五六七八九十]+[月天]|[今明][天日起]|后天|即日|下周|本周|周[一二三四五六日天末]($|[到至起~—–-]))/.test(
    word,
  );

/** 张三 如皋联络员 7月1日起, 张三 海安点位长 7月1日到9月30日: who, which post, from when and until when. */
export function readPosting(
  said: string,
  around: Around,
):
  | {
      who: string;
      words: string;
      mandate: Mandate;
      from: Temporal.PlainDate;
      to: Temporal.PlainDate | undefined;
    }
  | Refusal {
  const [who = "", ...rest] = said.trim().split(/[\s，,、]+/);
  const at = rest.findIndex(looksLikeDay);
  const words = (at < 0 ? rest : rest.slice(0, at)).join("").replace(/^[到为任]+|任$/g, "");
  const days = at < 0 ? "" : rest.slice(at).join("");
  if (who === "" || words === "")
    return refuse(
      "usage",
      `请写明姓名和职务，例如“王联络 ${around.office.regionsOf({ to: around.today }, around.today)[0]?.short ?? ""}联络员 7月1日起”，中间用空格隔开。`,
    );
  const mandate = readMandate(words, around);
  if ("kind" in mandate) return mandate;
  const isSpan = /到|至|~|～|—|–|\.\./.test(days);
  const span = isSpan ? readAbsence(days, around) : readDay(days, around);
  if ("kind" in span) return span;
  const { from, to } = span instanceof Temporal.PlainDate ? { from: span, to: undefined } : span;
  return { who, words: rest.join(" "), mandate, from, to };
}
