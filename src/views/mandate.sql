-- What the mandate tracker is computed from: the events that its rules read, as they are.
create table mandate_event (
    position bigint primary key,
    stream uuid not null,
    kind text not null,
    data jsonb not null
);

create function project_mandate(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into mandate_event (position, stream, kind, data)
    select position, stream, kind, data
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in (
          'party_registered', 'document_recorded', 'document_linked', 'document_unlinked', 'meeting_convened',
          'meeting_seats_allocated', 'meeting_participants_recorded', 'meeting_rescheduled', 'meeting_held',
          'meeting_cancelled', 'agenda_item_recorded', 'meeting_outcome_recorded', 'instrument_drafted',
          'instrument_revised', 'instrument_presented', 'instrument_approved', 'instrument_returned',
          'instrument_withdrawn', 'consultation_opened', 'consultation_parties_asked', 'consultation_closed',
          'consultation_reopened', 'comment_made', 'comment_withdrawn', 'comment_disposed', 'collection_opened', 'parties_invited',
          'collection_closed', 'collection_reopened', 'report_begun', 'report_revised', 'report_compiled',
          'narrative_drafted', 'narrative_dropped', 'report_published', 'report_abandoned', 'need_types_revised', 'contribution_pledged', 'contribution_corrected',
          'contribution_received', 'contribution_cancelled', 'request_made', 'request_accepted', 'request_declined',
          'request_withdrawn', 'project_proposed', 'project_edited', 'project_funded', 'project_begun',
          'project_completed', 'project_cancelled', 'material_taken_up', 'material_revised', 'material_issued',
          'material_review_begun');
end $$;
