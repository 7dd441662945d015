-- A search finds an event by every word of its title and by parts of its words, whatever other events exist. It does not use
-- PostgreSQL's own parser, which reads "v2.0" as a version, "C/O" as a path and "AC/DC" as a file, and finds none of their
-- words. The character classes are written out, so that every locale of the database cuts a text in the same way.
drop index events_by_city;
drop index events_search;
alter table events drop column search_words;
drop function search_query(integer[], text[]);

-- Folds spellings that readers consider equal: width (half-width katakana), case, accents, Arabic vowel marks and letter
-- variants, Hebrew points, Arabic and Persian digits, and invisible characters. unaccent() is only "stable", because its
-- dictionary could change. This call names its dictionary, so an index may use it.
create or replace function search_text(input text) returns text
  language sql immutable parallel safe
  return translate(
    lower(public.unaccent('public.unaccent'::regdictionary, regexp_replace(
      normalize(input, nfkc),
      '[\u00ad\u034f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]',
      '', 'g'))),
    'ςأإآٱىیةؤئکھہ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
    'σااااييهويكهه01234567890123456789');

-- Cuts a text into tokens. A word is a run of characters other than spaces, punctuation and symbols, so that the vowel signs
-- of Indic and Thai scripts stay inside their words. A run of symbols is a token too, because an event may be called "!!!". A
-- piece is the text between two spaces. A piece of several words also gives one joined token: hip, hop and hiphop all find
-- "Hip-Hop".
create function search_tokens(input text) returns table (piece bigint, token text, kind text)
  language sql immutable parallel safe rows 20
  begin atomic
    -- '…' marks runs of symbols. No folded text contains it, because NFKC writes it as three dots.
    with cut as (
      select chunk.piece, run.token
      from regexp_split_to_table(search_text(input), '[\s\u0085\u1680\u2028\u2029]+') with ordinality as chunk (text, piece),
        regexp_split_to_table(regexp_replace(chunk.text,
          '([\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u02c2-\u02c5\u02d2-\u02df\u0375\u037e\u0387\u055a-\u055f\u0589-\u058f\u05be\u05c0\u05c3\u05c6\u05f3\u05f4\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4\u06dd\u06de\u06e9\u06fd\u06fe\u0700-\u070d\u0964\u0965\u0970\u0df4\u0e3f\u0e4f\u0e5a\u0e5b\u0f01-\u0f17\u0f3a-\u0f3d\u0f85\u104a-\u104f\u10fb\u1360-\u1368\u1400\u166d\u166e\u16eb-\u16ed\u17d4-\u17d6\u17d8-\u17db\u1800-\u180a\u1c3b-\u1c3f\u2000-\u206f\u20a0-\u214f\u2190-\u2bff\u2ce5-\u2cff\u2e00-\u2fff\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f\u30a0\u30fb\u3200-\u33ff\ua4fe\ua4ff\ua60d-\ua60f\ua673\ua67e\ua6f2-\ua6f7\ua874-\ua877\ua8ce\ua8cf\ua92e\ua95f\ua9c1-\ua9cd\uaade\uaadf\uabeb\ue000-\uf8ff\ufd3e\ufd3f\ufe10-\ufe6f\uff00-\uff0f\uffe0-\uffff\U00010100-\U0001013f\U0001f000-\U0001fbff\U000f0000-\U0010ffff]+)',
          E'\n…\\1\n', 'g'), '\n+') as run (token)
      where run.token <> ''
    )
    select cut.piece, ltrim(cut.token, '…'), case when cut.token like '…%' then 'symbols' else 'word' end from cut
    union all
    select cut.piece, string_agg(cut.token, ''), 'joined' from cut where cut.token not like '…%' group by cut.piece having count(*) > 1;
  end;

-- True for scripts without spaces between words, and for Hangul, whose particles are attached to their words. In these scripts
-- a single character can be searched, also inside a word.
create function search_is_dense(word text) returns boolean
  language sql immutable parallel safe
  return word ~ '^[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]';

-- The lexemes of an event. Index and query cut words at 24 letters. Lexemes that begin with '…' are not words of the text:
-- '…arkt' is the end of a word in title, summary, venue, city or category; '…^free' is a word of the title; '…@koln' is the
-- city; '…=free' means that the event has a free ticket.
create function search_lexemes(title text, names text, description text, city text, is_free boolean) returns tsvector
  language sql immutable parallel safe
  begin atomic
    with named as (select distinct token, kind from search_tokens(title || ' ' || names || ' ' || city))
    select array_to_tsvector(array_agg(lexeme)) from (
      select left(token, 24) as lexeme from named
      union select left(token, 24) from search_tokens(description)
      union select '…' || left(substr(token, start), 24)
        from named, generate_series(2, length(token)) as start
        where kind = 'word' and (length(token) - start >= 2 or search_is_dense(substr(token, start)))
      union select '…^' || left(token, 24) from search_tokens(title) where kind <> 'joined'
      union select '…@' || search_text(city)
      union select '…=free' where is_free
    ) as lexemes;
  end;

-- A lexeme in the syntax of a tsquery.
create function search_quoted(lexeme text) returns text
  language sql immutable parallel safe
  return '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''';

-- The query "every number matches by one of its spellings". Spelling i belongs to number numbers[i]; kinds[i] says how it must
-- match:
--   text   each of its words begins a word of the event, or a part of a word of its title, summary, venue, city or category.
--          A word of up to three letters matches as a part only at the end of a word: "bar" finds "Minibar", not "Lombardy".
--   title  each of its words is a word of the title
--   place  it is the name of the city
--   free   the event has a free ticket
-- Null if nothing is left to search for.
create function search_query(numbers integer[], spellings text[], kinds text[]) returns tsquery
  language sql immutable parallel safe
  begin atomic
    with given as (
      select * from unnest(numbers, spellings, kinds) with ordinality as given (number, spelling, kind, i)
    ), tokens as (
      select given.i, given.number, cut.piece, cut.kind, given.kind as asked, left(cut.token, 24) as token,
        length(cut.token) as letters,
        -- Symbols count where nothing else was typed.
        cut.kind <> 'symbols' or not bool_or(cut.kind <> 'symbols') over (partition by given.i) as counts
      from given, search_tokens(given.spelling) as cut where given.kind in ('text', 'title')
    ), terms as (
      select i, number, piece, kind, asked,
        case
          when asked = 'title' then search_quoted('…^' || token)
          when kind = 'symbols' or (letters < 3 and not search_is_dense(token)) then search_quoted(token) || ':*'
          when letters = 3 and not search_is_dense(token) then
            '(' || search_quoted(token) || ':* | ' || search_quoted('…' || token) || ')'
          else '(' || search_quoted(token) || ':* | ' || search_quoted('…' || token) || ':*)'
        end as term
      from tokens where counts and not (asked = 'title' and kind = 'joined')
    ), pieces as (
      select i, number,
        '(' || concat_ws(' | ',
          '(' || (string_agg(term, ' & ') filter (where kind <> 'joined')) || ')',
          string_agg(term, '') filter (where kind = 'joined')) || ')' as term
      from terms group by i, number, piece
    ), alternatives as (
      select number, string_agg(term, ' & ') as term from pieces group by i, number
      union all
      select number, search_quoted('…@' || search_text(spelling)) from given where kind = 'place'
      union all
      select number, search_quoted('…=free') from given where kind = 'free'
    ), groups as (
      select '(' || string_agg(term, ' | ') || ')' as term from alternatives group by number
    )
    select string_agg(term, ' & ')::tsquery from groups;
  end;

-- For the filter by city.
create index events_by_city on events (search_text(city), starts_at) where status = 'published';
alter table events add column search_words tsvector not null generated always as (
  search_lexemes(title, summary || ' ' || venue_name || ' ' || category, description, city, price_from_minor is not distinct from 0)
) stored;
create index events_search on events using gin (search_words) where status = 'published';

-- The vocabulary holds words as the new functions cut them.
delete from search_vocabulary;
insert into search_vocabulary (word)
select distinct word from events, unnest(tsvector_to_array(search_words)) as word
where published_at is not null and word not like '…%' and length(word) >= 3
on conflict do nothing;
