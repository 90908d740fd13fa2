import { z } from "zod";

// Parts of settings.yaml: lag warnings, 约谈 and 提醒函, what the plan leaves to the office.

const words = (...usual: [string, ...string[]]) => z.tuple([z.string()], z.string().min(1)).default(usual);

export const lagSchema = z.strictObject({
  yellowBelowPct: z.int(),
  redBelowPct: z.int(),
  /** What a warning is called the first time in a row, the second time, and so on. */
  rungs: words("一般提醒", "重点提醒", "预警通报"),
  /** Causes that a unit chooses from when it answers. */
  causes: words("资金未到位", "手续未办完", "施工进度慢", "企业不配合", "已完成待填报", "其他原因"),
});

export const interviewsSchema = z
  .strictObject({
    /** On this working day the office is asked for the province's list of the month before, where it isn't there. */
    listByWorkingDay: z.int().min(1).max(20).default(10),
    /** Working days after the 约谈 within which the county hands in its plan, unless the minutes name another day. */
    planWorkingDays: z.int().min(1).default(10),
    /** 约谈人, unless the office names somebody else. */
    by: z.string().min(1).default("联席会议办公室负责人"),
    /** 被约谈人, by their post. */
    whom: z.string().min(1).default("政府主要负责人"),
    /** What the county has to bring. */
    materials: z.array(z.string().min(1)).min(1).default(["原因分析", "整改措施", "整改时间表"]),
  })
  .prefault({});

export const warningsSchema = z
  .strictObject({
    /**
     * By how many percent a county's PM2.5 of the year so far has to lie below the same dates of the year before, where the
     * office has entered no target of its own for it; absent: such a county isn't judged.
     */
    pm25CutPct: z.number().min(0).max(50).optional(),
    /** By how many percentage points its attainment rate has to lie above, likewise. */
    rateUpPoints: z.number().min(0).max(50).optional(),
    /** By how much either may fall short before a letter is proposed. */
    tolerance: z.number().min(0).max(50).default(0),
    /** From so many red tasks on a unit is proposed. */
    redTasks: z.int().min(1).default(2),
    /** Working days within which a letter is answered. */
    answerWorkingDays: z.int().min(1).default(10),
    /** What a letter asks for, unless the office writes something else. */
    requests: z
      .string()
      .min(2)
      .default("请认真分析原因，研究提出具体措施，明确责任人和完成时限，加快补齐差距。"),
  })
  .prefault({});
