CREATE TABLE "check_reports" (
	"meeting_id" text NOT NULL,
	"owner" text NOT NULL,
	"name" text NOT NULL,
	"verdict" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "check_reports_meeting_id_owner_pk" PRIMARY KEY("meeting_id","owner")
);
--> statement-breakpoint
ALTER TABLE "check_reports" ADD CONSTRAINT "check_reports_meeting_id_meetings_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("meeting_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "check_reports_at" ON "check_reports" USING btree ("at");