/** Notifications on this device. */
export default {
  title: 'Notifications on this device',
  text: 'Hear at once if an event of yours is moved or cancelled. You can switch it off in your account.',
  refused:
    'This browser does not allow notifications from here. You can change that in its settings for this site.',
  on: 'Notify me on this device',
  off: 'No more notifications here',
  isOn: 'This device shows notifications.',
  failed: 'The browser could not reach its notification service. Try again later.',
} as const;
