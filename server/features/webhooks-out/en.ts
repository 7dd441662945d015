export default {
  subject: 'Webhooks are off: {host}',
  preview: 'Admit has stopped sending webhooks to {host}.',
  heading: 'An endpoint was switched off',
  gone: 'The endpoint answered that it wants no more webhooks (410). So Admit has switched it off.',
  failures:
    'Admit has tried for three days, and not one webhook has arrived. So it has switched the endpoint off.',
  after: 'When the endpoint works again, switch it on. You can then have everything sent that it has missed.',
  endpoint: 'Endpoint',
  button: 'See the log',
  why: 'You get this mail because you may manage the webhooks of your team.',
} as const;
