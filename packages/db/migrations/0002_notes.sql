CREATE TABLE "note_documents" (
	"meeting_id" text NOT NULL,
	"place" text NOT NULL,
	"seq" integer NOT NULL,
	"state" "bytea",
	"state_seq" integer DEFAULT 0 NOT NULL,
	"last_line" text NOT NULL,
	"length" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "note_documents_meeting_id_place_pk" PRIMARY KEY("meeting_id","place")
);
--> statement-breakpoint
CREATE TABLE "note_updates" (
	"meeting_id" text NOT NULL,
	"place" text NOT NULL,
	"seq" integer NOT NULL,
	"update" "bytea" NOT NULL,
	CONSTRAINT "note_updates_meeting_id_place_seq_pk" PRIMARY KEY("meeting_id","place","seq")
);
--> statement-breakpoint
ALTER TABLE "note_documents" ADD CONSTRAINT "note_documents_meeting_id_meetings_meeting_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("meeting_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_updates" ADD CONSTRAINT "note_updates_document" FOREIGN KEY ("meeting_id","place") REFERENCES "public"."note_documents"("meeting_id","place") ON DELETE no action ON UPDATE no action;