/** A service takes no message now, and says when to come back. */
export class Busy extends Error {
  readonly seconds: number;
  constructor(service: 'push service' | 'provider of SMS', seconds: number) {
    super(`the ${service} is busy for ${seconds} s`);
    this.seconds = seconds;
  }
}
