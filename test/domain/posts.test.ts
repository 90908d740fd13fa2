import { expect, test } from "vitest";
import {
  actingIn,
  bothOf,
  forWhom,
  type Holder,
  holdsRole,
  inEachPost,
  isSamePost,
  judgesFor,
  type Mandate,
  nameOfBoth,
  seesToFor,
} from "../../src/domain/posts.ts";

const liaison: Mandate = { role: "county-liaison", regionId: "haian", departmentId: null };
const chief: Mandate = { role: "station-chief", regionId: "rugao", departmentId: null };
const lead: Mandate = { role: "county-lead", regionId: "rudong", departmentId: null };
const absent = { id: 9, name: "张三" };
const person: Holder & { id: number } = { id: 4, ...liaison, beside: [chief, { ...lead, behalf: absent }] };

test("somebody is looked at in one post at a time, their own before those of whom they stand in for", () => {
  expect(inEachPost(person)).toEqual([
    { id: 4, ...liaison, beside: [] },
    { id: 4, ...chief, beside: [] },
    { id: 4, ...lead, behalf: absent, beside: [] },
  ]);
});

test("in one post nobody is in another one", () => {
  for (const post of inEachPost(person)) expect(inEachPost(post)).toEqual([post]);
});

test("a post that comes first leaves the others beside it, and none is lost or doubled", () => {
  for (const post of inEachPost(person)) {
    const acting = actingIn(person, post);
    expect({ role: acting.role, behalf: acting.behalf }).toEqual({ role: post.role, behalf: post.behalf });
    const names = (of: Holder) => inEachPost(of).map(({ role, behalf }) => `${role} ${behalf?.name}`);
    expect(names(acting).toSorted()).toEqual(names(person).toSorted());
  }
});

test("a stand-in sees to the matters of both", () => {
  expect(seesToFor(person)).toEqual([4, 9]);
});

test("who holds nothing beside their post is looked at in that alone", () => {
  expect(inEachPost<Holder>(liaison)).toEqual([{ ...liaison, beside: [] }]);
});

test.each([
  ["of their own", ["county-liaison"], true],
  ["of one beside it", ["station-chief"], true],
  ["of whom they stand in for", ["county-lead"], true],
  ["one of several", ["office", "station-chief"], true],
  ["of nobody here", ["office", "supervision"], false],
] as const)("a role counts where it is %s: %s", (_, roles, holds) => {
  expect(holdsRole(person, ...roles)).toBe(holds);
});

test.each([
  ["itself", liaison, true],
  ["another role there", { ...liaison, role: "county-lead" }, false],
  ["the same elsewhere", { ...liaison, regionId: "rugao" }, false],
  ["the same of a department", { ...liaison, departmentId: "housing" }, false],
  ["the same for somebody who is away", { ...liaison, behalf: absent }, false],
] as const)("a post is the same as %s: %s", (_, other, is) => {
  expect(isSamePost(liaison, other)).toBe(is);
});

test("of two for the same county, the post for somebody else stays beside one's own", () => {
  const both: Holder = { ...liaison, beside: [{ ...liaison, behalf: absent }] };
  expect(actingIn(both, liaison).beside).toEqual([{ ...liaison, behalf: absent }]);
});

test("whoever acts for somebody does what both do; whom nobody knows does nothing", () => {
  const acts = [{ id: 4 }, { id: 4, behalf: absent }, { id: null }, { id: null, behalf: absent }];
  expect(acts.map(bothOf)).toEqual([[4], [4, 9], [], [9]]);
});

test.each([
  ["another one's act, in their own post", { id: 4, ...liaison }, 7, true],
  ["not in a role that they don't have", { id: 4, ...chief }, 7, false],
  ["not their own act", { id: 4, ...liaison }, 4, false],
  [
    "for whom they stand in, another one's",
    { id: 4, ...chief, beside: [{ ...liaison, behalf: absent }] },
    7,
    true,
  ],
  ["not that one's own", { id: 4, ...chief, beside: [{ ...liaison, behalf: absent }] }, 9, false],
  [
    "that one's own in a post of theirs",
    { id: 4, ...liaison, beside: [{ ...liaison, behalf: absent }] },
    9,
    true,
  ],
] as const)("somebody judges %s", (_, holder, other, may) => {
  expect(judgesFor(holder, other, "county-liaison")).toBe(may);
});

test("a title says once for whom it is, and a name whose it stands for", () => {
  const away = { ...lead, behalf: absent };
  expect([forWhom(lead, "交办"), forWhom(away, "交办"), forWhom(away, "代张三：交办")]).toEqual([
    ...["交办", "代张三：交办", "代张三：交办"],
  ]);
  expect([nameOfBoth("李四", null), nameOfBoth("李四", absent)]).toEqual(["李四", "李四代张三"]);
});
