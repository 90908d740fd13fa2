import type { Card } from "../../chat/card.ts";
import { column, type Entered, fault, filled, type Importing, importKind } from "../../chat/import.ts";
import { isRefusal } from "../../chat/refusal.ts";
import { maskPhone } from "../../domain/phone.ts";
import type { Mandate } from "../../domain/posts.ts";
import { mandateWords } from "../../members/handover.ts";
import { DECIDING } from "../../members/joined.ts";
import { bareName } from "../../members/names-apart.ts";
import { placeFor } from "../../members/place-for.ts";
import { readMandate } from "../../members/said.ts";
import { CODE_HOURS, invite } from "../../office/invitation.ts";
import { concealCodes } from "../../office/shown-codes.ts";
import type { Invitation, Person } from "../../store/people.ts";
import { phoneNumber, plainText } from "../cells.ts";

type Row = { name: string; mandate: Mandate; phone: string | null };
/** What becomes of a row: an invitation, a telephone number, or nothing. */
type Plan = Row & ({ member: Person } | { invited: Invitation } | { replaces: readonly Invitation[] });

/** Members: who isn't one yet is invited, of who is one the telephone number is put right. */
export default importKind({
  id: "people",
  title: "人员名单",
  who: ["office"],
  columns: {
    name: filled("姓名 name 姓名或称呼", plainText(20)),
    role: filled("角色 role 职务 岗位", plainText(20)),
    scope: column("范围 scope 单位 所属单位 地区", plainText(30)),
    phone: column("手机 phone 手机号 手机号码 电话 联系电话", phoneNumber),
  },
  needs: ["name", "role"],
  mostRows: 500,
  row(
    { name, role, scope, phone: number },
    { office, names, today },
  ): Row | ReturnType<typeof fault<"role" | "name">> {
    const mandate = readMandate(`${scope ?? ""}${role}`, { office, names, today });
    if (isRefusal(mandate)) return fault("role", "看不懂角色和范围，请写如“县区联络员”和县（市、区）名");
    if (DECIDING.includes(mandate.role)) return fault("role", "市办、督查、市领导请逐个发送“邀请”");
    return { name: name.normalize("NFKC").replace(/\s/g, ""), mandate, phone: number };
  },
  once: {
    key: ({ name, mandate }) => [name, mandate.role, mandate.regionId ?? "", mandate.departmentId ?? ""],
    differs: (a, b) => (a.phone === b.phone ? null : "phone"),
    reason: "是同一个人但手机号不同",
  },
  async judge({ name, mandate, phone: number }, file) {
    const { store, by, now } = file;
    const row = { name, mandate, phone: number };
    const same = (one: { name: string } & Mandate) =>
      bareName(one.name) === name &&
      one.role === mandate.role &&
      one.regionId === mandate.regionId &&
      one.departmentId === mandate.departmentId;
    const member = (await store.people.all()).find(same);
    if (member !== undefined) return { ...row, member };
    const invited = (await store.people.openInvitations(now.epochMilliseconds)).find(same);
    if (invited !== undefined) return { ...row, invited };
    if (by === null) return fault("name", "新成员的邀请码只发给市办，请由市办在聊天里发送名单");
    const place = await placeFor({ name, ...mandate }, by, false, file);
    if (isRefusal(place)) return fault("name", place.message.replace(/[。，].*$/, ""));
    if (place.returning !== null) return fault("name", "曾是成员，请逐个发送“邀请”恢复");
    return { ...row, replaces: place.replaces };
  },
  enter: enterPeople,
});

async function enterPeople(rows: readonly Plan[], file: Importing): Promise<Entered> {
  const { store, by, now } = file;
  const counts = { added: 0, corrected: 0, unchanged: 0 };
  const codes: [name: string, post: string, code: string][] = [];
  for (const row of rows) {
    const { name, mandate, phone: number } = row;
    if ("replaces" in row) {
      const { code } = await invite(
        store,
        { name, ...mandate, phone: number, personId: null, createdBy: by?.id ?? null },
        { now, expires: now.add({ hours: CODE_HOURS }), replaces: row.replaces },
      );
      codes.push([name, mandateWords(mandate, file), code]);
      counts.added += 1;
      continue;
    }
    const known = "member" in row ? row.member : row.invited;
    if (number === null || number === known.phone) {
      counts.unchanged += 1;
      continue;
    }
    if ("member" in row) await store.people.setPhone(known.id, number);
    else await store.people.correct(known.id, { ...mandate, phone: number });
    counts.corrected += 1;
  }
  if (codes.length > 0 && by !== null) {
    // The answer may stand where others read it; the codes go to whoever sent the list, alone.
    const card = JSON.parse(concealCodes(JSON.stringify(codesCard(codes)))) as Card;
    const key = `people-codes/${file.batch}`;
    await store.outbox.queue(
      { key, to: { personId: by.id }, class: "must-arrive", uncounted: "asked", card },
      now.epochMilliseconds,
    );
  }
  return {
    ...counts,
    detail: {
      invited: codes.map(([name, post]) => ({ name, post })),
      phones: rows.flatMap(({ name, phone: number }) =>
        number === null ? [] : [{ name, phone: maskPhone(number) }],
      ),
    },
    report: {
      blocks:
        codes.length === 0
          ? []
          : [
              {
                kind: "text",
                text: `新建邀请${codes.length}个，邀请码已单独发给您，${CODE_HOURS}小时内有效。`,
              },
            ],
      facts: { invited: codes.map(([name]) => name) },
    },
  };
}

function codesCard(codes: readonly (readonly [name: string, post: string, code: string])[]): Card {
  return {
    title: `邀请码（${codes.length}人）`,
    tone: "notice",
    blocks: [
      {
        kind: "table",
        columns: [{ title: "姓名" }, { title: "职务" }, { title: "邀请码" }],
        rows: codes,
      },
      {
        kind: "text",
        text: `请当面或电话分别告诉本人，让本人与机器人私聊发送“绑定 邀请码”。${CODE_HOURS}小时内有效，用一次即失效。`,
      },
    ],
    facts: { people: codes.map(([name]) => name) },
  };
}
