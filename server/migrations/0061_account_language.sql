-- The language of mails to an account that are about no order of its own: of the browser that signed in first, or as the person
-- has chosen. Null until then, and for guests, whose orders have a language.
alter table users add column language text;
