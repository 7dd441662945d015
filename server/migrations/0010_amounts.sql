-- Three tickets at 10,000,000.00 overflowed an integer, and the ledger's whole batch failed. Now every amount that may be a
-- sum has one range, the same as in contract/money.ts (maxAmountMinor), and the decision refuses a larger order. The price
-- of one ticket still fits an integer.
create domain amount_minor as bigint constraint amount_in_range check (value between 0 and 10000000000);

alter table holds alter column total_minor type amount_minor;
alter table orders alter column total_minor type amount_minor, alter column refunded_minor type amount_minor;
alter table payments alter column amount_minor type amount_minor;
alter table refunds alter column amount_minor type amount_minor;
-- The ledger also books money that matches no order of ours, so this amount has no such limit.
alter table transfers alter column amount_minor type bigint;
alter table sandbox.payments alter column amount_minor type amount_minor, alter column refunded_minor type amount_minor;
alter table sandbox.refunds alter column amount_minor type amount_minor;
