DROP INDEX `issue_by_region`;--> statement-breakpoint
DROP INDEX `issue_by_department`;--> statement-breakpoint
ALTER TABLE `issue` ADD `moved_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `issue_by_creation` ON `issue` (`created_at`);--> statement-breakpoint
CREATE INDEX `issue_by_due` ON `issue` (`due`);--> statement-breakpoint
CREATE INDEX `issue_by_move` ON `issue` (`moved_at`,`created_at`);--> statement-breakpoint
CREATE INDEX `issue_standing` ON `issue` (`region_id`,`created_at`) WHERE state not in ('draft', 'closed', 'merged', 'cancelled');--> statement-breakpoint
CREATE INDEX `issue_acting` ON `issue` (`due`,`assigned_at`) WHERE +state in ('assigned', 'acknowledged', 'rectifying');--> statement-breakpoint
CREATE INDEX `issue_resting` ON `issue` (`due`,`assigned_at`) WHERE +state not in ('assigned', 'acknowledged', 'rectifying');--> statement-breakpoint
CREATE INDEX `issue_by_state` ON `issue` (`state`,`assigned_at`,`due`);--> statement-breakpoint
CREATE INDEX `issue_by_region` ON `issue` (`region_id`,`state`,`due`,`assigned_at`);--> statement-breakpoint
CREATE INDEX `issue_by_department` ON `issue` (`department_id`,`state`,`due`,`assigned_at`);--> statement-breakpoint
DROP INDEX `issue_event_by_time`;--> statement-breakpoint
ALTER TABLE `issue_event` ADD `region_id` text REFERENCES region(id);--> statement-breakpoint
CREATE INDEX `issue_event_by_due` ON `issue_event` (`due`,`issue_id`);--> statement-breakpoint
CREATE INDEX `issue_event_by_time` ON `issue_event` (`at`,`issue_id`);--> statement-breakpoint
-- What histories from before don't tell: whose issue it was at first, which deadline came first, when something happened last.
UPDATE `issue_event` SET `region_id` = (SELECT `region_id` FROM `issue` WHERE `id` = `issue_id`) WHERE `from_state` IS NULL;--> statement-breakpoint
UPDATE `issue_event` SET `due` = (SELECT `first_due` FROM `issue` WHERE `id` = `issue_id`) WHERE `from_state` IS NULL AND `due` IS NULL;--> statement-breakpoint
UPDATE `issue` SET `moved_at` = coalesce((SELECT max(`at`) FROM `issue_event` WHERE `issue_id` = `issue`.`id`), `assigned_at`);
