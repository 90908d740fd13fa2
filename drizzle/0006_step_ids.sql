-- Foreign keys are off while src/store/open.ts migrates: no child row goes with the table that is rebuilt.
CREATE TABLE `__new_issue` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`no` text NOT NULL,
	`title` text NOT NULL,
	`source` text NOT NULL,
	`batch` text,
	`level` text NOT NULL,
	`category` text,
	`town` text,
	`place` text,
	`requirement` text,
	`region_id` text NOT NULL,
	`department_id` text,
	`state` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer,
	`assigned_by` integer,
	`assigned_at` integer NOT NULL,
	`acknowledged_at` integer,
	`submitted_at` integer,
	`submitted_by` integer,
	`confirmed_at` integer,
	`confirmed_by` integer,
	`closed_at` integer,
	`closed_by` integer,
	`due` text NOT NULL,
	`first_due` text NOT NULL,
	`term_from` text NOT NULL,
	`returns` integer DEFAULT 0 NOT NULL,
	`rejections` integer DEFAULT 0 NOT NULL,
	`reopenings` integer DEFAULT 0 NOT NULL,
	`extensions` integer DEFAULT 0 NOT NULL,
	`extension_due` text,
	`extension_by` integer,
	`resume_state` text,
	`suspended_on` text,
	`suspended_until` text,
	`escalation` integer DEFAULT 0 NOT NULL,
	`supervised_at` integer,
	`proposed_by` integer,
	`merged_into` integer,
	`import_key` text,
	`external_no` text,
	FOREIGN KEY (`region_id`) REFERENCES `region`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assigned_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`submitted_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`confirmed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`extension_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merged_into`) REFERENCES `issue`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_issue`("id", "no", "title", "source", "batch", "level", "category", "town", "place", "requirement", "region_id", "department_id", "state", "version", "created_at", "created_by", "assigned_by", "assigned_at", "acknowledged_at", "submitted_at", "submitted_by", "confirmed_at", "confirmed_by", "closed_at", "closed_by", "due", "first_due", "term_from", "returns", "rejections", "reopenings", "extensions", "extension_due", "extension_by", "resume_state", "suspended_on", "suspended_until", "escalation", "supervised_at", "proposed_by", "merged_into", "import_key", "external_no") SELECT "id", "no", "title", "source", "batch", "level", "category", "town", "place", "requirement", "region_id", "department_id", "state", "version", "created_at", "created_by", "assigned_by", "assigned_at", "acknowledged_at", "submitted_at", "submitted_by", "confirmed_at", "confirmed_by", "closed_at", "closed_by", "due", "first_due", "term_from", "returns", "rejections", "reopenings", "extensions", "extension_due", "extension_by", "resume_state", "suspended_on", "suspended_until", "escalation", "supervised_at", "proposed_by", "merged_into", "import_key", "external_no" FROM `issue`;--> statement-breakpoint
DROP TABLE `issue`;--> statement-breakpoint
ALTER TABLE `__new_issue` RENAME TO `issue`;--> statement-breakpoint
CREATE UNIQUE INDEX `issue_no_unique` ON `issue` (`no`);--> statement-breakpoint
CREATE UNIQUE INDEX `issue_import_key_unique` ON `issue` (`import_key`);--> statement-breakpoint
CREATE INDEX `issue_by_region` ON `issue` (`region_id`,`state`,`due`);--> statement-breakpoint
CREATE INDEX `issue_by_department` ON `issue` (`department_id`,`state`,`due`);--> statement-breakpoint
CREATE INDEX `issue_by_assignment` ON `issue` (`assigned_at`);--> statement-breakpoint
CREATE INDEX `issue_by_closing` ON `issue` (`closed_at`);--> statement-breakpoint
-- What a line of the history says was stored as its Chinese word; from here on it is the id of the step, note or rung.
UPDATE `issue_event` SET `step` = CASE `step`
	WHEN '交办' THEN 'assign'
	WHEN '签收' THEN 'acknowledge'
	WHEN '开始整改' THEN 'start'
	WHEN '提交整改' THEN 'submit'
	WHEN '县级确认' THEN 'confirm'
	WHEN '销号' THEN 'verify'
	WHEN '退回整改' THEN 'reject'
	WHEN '退回交办' THEN 'return'
	WHEN '不予退回' THEN 'uphold'
	WHEN '改派' THEN 'reassign'
	WHEN '申请延期' THEN 'request-extension'
	WHEN '同意延期' THEN 'grant-extension'
	WHEN '不同意延期' THEN 'refuse-extension'
	WHEN '依法中止' THEN 'suspend'
	WHEN '恢复办理' THEN 'resume'
	WHEN '上报市攻坚办' THEN 'escalate'
	WHEN '挂牌督办' THEN 'supervise'
	WHEN '提请移送' THEN 'propose-transfer'
	WHEN '移送市纪委监委' THEN 'approve-transfer'
	WHEN '不同意移送' THEN 'refuse-transfer'
	WHEN '并案' THEN 'merge'
	WHEN '反弹重办' THEN 'reopen'
	WHEN '作废' THEN 'cancel'
	WHEN '登记' THEN 'register'
	WHEN '抽查' THEN 'spot-check'
	WHEN '抽查合格' THEN 'spot-check-passed'
	WHEN '抽查不合格' THEN 'spot-check-failed'
	WHEN '并入' THEN 'absorb'
	WHEN '更正' THEN 'correct'
	WHEN '逾期未签收，报县区领导' THEN 'ack-1'
	WHEN '逾期未签收，报市办' THEN 'ack-2'
	WHEN '逾期未签收，报市攻坚办' THEN 'ack-3'
	WHEN '整改超期，报县区领导' THEN 'overdue-1'
	WHEN '整改超期，报市办' THEN 'overdue-2'
	WHEN '整改超期，报市攻坚办' THEN 'overdue-3'
	WHEN '县级确认超时，报市办' THEN 'confirm-2'
	WHEN '复核超时，报市攻坚办' THEN 'verify-3'
	ELSE `step`
END;
