-- Documents by symbol: what is known of them, and what they are linked to.
create table document (
    document uuid primary key,
    symbol text collate "C" not null,
    since bigint not null
);

create table document_particulars (
    document uuid not null,
    title jsonb not null,
    day date not null,
    kind text,
    url text,
    since bigint not null,
    until bigint,
    primary key (document, since)
);

create table document_link (
    document uuid not null,
    target text not null, -- meeting, instrument, consultation, collection, report
    object uuid not null,
    relation text collate "C" not null, -- before_the_meeting, outcome, report_of, progress_report, text_of, about
    since bigint not null,
    until bigint,
    primary key (document, object, relation, since)
);
create index on document_link (object);

create function project_document(
    p_position bigint[], p_time timestamptz[], p_stream uuid[], p_kind text[], p_data jsonb[]
) returns void language plpgsql as $$
begin
    insert into document (document, symbol, since)
    select stream, data ->> 'symbol', position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind = 'document_recorded';

    insert into document_particulars (document, title, day, kind, url, since)
    select stream, data -> 'title', (data ->> 'date')::date, data ->> 'kind', data ->> 'url', position
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     where kind in ('document_recorded', 'document_amended') order by position;

    insert into document_link (document, target, object, relation, since, until)
    select stream, target, object::uuid, data ->> 'as', position, case kind when 'document_unlinked' then position end
      from unnest(p_position, p_stream, p_kind, p_data) as e (position, stream, kind, data)
     cross join jsonb_each_text(data -> 'to') as t (target, object)
     where kind in ('document_linked', 'document_unlinked') order by position;
end $$;

create view documents as
select d.document as id, d.symbol, t.title ->> 'en' as title_en, t.title ->> 'fr' as title_fr, t.day as date, t.kind, t.url
  from document d join document_particulars t on t.document = d.document and t.until is null;

create view document_links as
select d.symbol, l.target, l.object, l.relation
  from document_link l join document d on d.document = l.document
 where l.until is null;
