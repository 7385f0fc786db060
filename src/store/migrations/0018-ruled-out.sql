-- What rules of the operator keep out, newest first, and by rule.
create index item_filtered on item (found_at desc, id desc) where reason_code = 'filtered';
