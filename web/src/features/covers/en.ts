/** The cover of an event: choosing it, what stays visible of it, and what it shows. */
export default {
  cover: 'Cover picture',
  coverHint: 'An https address. Without one, we draw a picture.',
  coverAddress: 'Or its address',
  coverChoose: 'Choose a picture',
  coverOther: 'Choose another',
  coverRemove: 'Remove the picture',
  coverSending: 'Sending…',
  coverDrop: 'Or drop or paste it here. JPEG, PNG, WebP or AVIF, up to 10 MB.',
  coverKind: 'This is no JPEG, PNG, WebP or AVIF.',
  coverLarge: 'This file is larger than 10 MB.',
  coverAlt: 'What the picture shows',
  coverAltHint: 'For people who do not see it.',
  coverAcross: 'Keep visible: left to right',
  coverDown: 'Keep visible: top to bottom',
  coverFocusHint: 'Where a page has less room, it keeps this part. You can also click it in the picture.',
} as const;
