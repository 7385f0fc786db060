/**
 * A clock that stands still while something is done, and moves on when everything that runs only waits: so many polls at once take no
 * longer in simulated time than they would in real time, and two weeks pass in minutes. Nothing that runs may wait for another that
 * runs: two polls of one host would.
 */
export class SimulatedTime {
  private at: number;
  private running = 0;
  private waiting: { readonly until: number; readonly wake: () => void }[] = [];

  constructor(start: Date) {
    this.at = start.getTime();
  }

  now = (): Date => new Date(this.at);

  /** Waits so many simulated milliseconds. For what was begun by `run` only. */
  wait = (ms: number): Promise<void> =>
    new Promise((wake) => {
      this.waiting.push({ until: this.at + ms, wake });
      this.moveOn();
    });

  /** Counts as running, until it ends. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.moveOn();
    }
  }

  /** Lets time pass while nothing runs. */
  jumpTo(moment: number): void {
    if (this.running > 0) throw new Error('Time may not jump while something runs');
    this.at = Math.max(this.at, moment);
  }

  private moveOn(): void {
    if (this.waiting.length === 0 || this.waiting.length < this.running) return;
    this.at = Math.max(this.at, Math.min(...this.waiting.map(({ until }) => until)));
    const due = this.waiting.filter(({ until }) => until <= this.at);
    this.waiting = this.waiting.filter(({ until }) => until > this.at);
    for (const { wake } of due) wake();
  }
}
