/** Who exchanges the ticket: its holder, or a member of the team, who waives a difference or asks the holder to pay it. */
export type By = 'holder' | 'team';
