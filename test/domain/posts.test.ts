import { expect, test } from "vitest";
import { actingIn, type Holder, inEachPost, type Mandate, seesToFor } from "../../src/domain/posts.ts";

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
    const names = (of: Holder) => inEachPost(of).map(({ role }) => role);
    expect(names(acting).toSorted()).toEqual(names(person).toSorted());
  }
});

test("a stand-in sees to the matters of both", () => {
  expect(seesToFor(person)).toEqual([4, 9]);
});
