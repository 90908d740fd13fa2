import { z } from "zod";
import { buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Button } from "../chat/card.ts";
import type { NightStep } from "../domain/enterprises/night-permit.ts";

const reason = (label: string) => z.object({ text: arg.longtext(label, { maxLength: 200 }) });

/** The form of each step with a permit. */
export const NIGHT_FORMS = {
  grant: z.object({}),
  refuse: reason("不批的理由"),
  suspend: reason("暂停的原因"),
  resume: z.object({}),
  withdraw: z.object({}),
} as const satisfies Record<NightStep, z.ZodObject>;

export const NIGHT_LABELS = {
  grant: "批准",
  refuse: "不予批准",
  suspend: "暂停",
  resume: "恢复",
  withdraw: "撤回许可",
} as const satisfies Record<NightStep, string>;

const grant = buttonsOf("night.grant", NIGHT_FORMS.grant);
const refuse = buttonsOf("night.refuse", NIGHT_FORMS.refuse);
const suspend = buttonsOf("night.suspend", NIGHT_FORMS.suspend);
const resume = buttonsOf("night.resume", NIGHT_FORMS.resume);
const withdraw = buttonsOf("night.withdraw", NIGHT_FORMS.withdraw);

type Params = { permit: number; version: number };
const drawn =
  (make: typeof grant, step: NightStep, style?: "primary" | "danger") =>
  (params: Params): Button =>
    make(NIGHT_LABELS[step], params, style ? { style } : {});

/** The button of each step. */
export const NIGHT_BUTTONS = {
  grant: drawn(grant, "grant", "primary"),
  refuse: drawn(refuse, "refuse", "danger"),
  suspend: drawn(suspend, "suspend", "danger"),
  resume: drawn(resume, "resume"),
  withdraw: drawn(withdraw, "withdraw", "danger"),
} as const satisfies Record<NightStep, (params: Params) => Button>;
