/** Who exchanges the ticket: its holder, or a member of the team, for whom nobody pays a difference. */
export type By = 'holder' | 'team';
