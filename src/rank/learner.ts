/** One decision of an editor on what was shown: its features and what the lexicon alone said of it. */
export interface Lesson {
  readonly features: readonly string[];
  readonly prior: number;
  /** What each feature counts: less in a long title. */
  readonly value: number;
  readonly accepted: boolean;
}

const PASSES = 15;
const RATE = 0.25;
const DECAY = 0.004;
/** The first decisions count less: few lessons must not turn the order over. */
const DAMPED = 60;

/**
 * Weights learnt from editors' decisions, as logistic regression on top of the lexicon: fitted anew from the whole decision log, so
 * that a log always gives the same weights, and a decision taken back is as if it had never been made.
 */
export class Learner {
  #lessons: Lesson[] = [];
  #weights: Map<string, number> | null = null;
  #bias = 0;

  /** Takes in one more decision. The weights follow at the next question. */
  learn(lesson: Lesson): void {
    this.#lessons.push(lesson);
    if (this.#lessons.length < 20 || this.#lessons.length % 10 === 0) this.#weights = null;
  }

  get lessons(): number {
    return this.#lessons.length;
  }

  weight(feature: string): number {
    return (this.#fit().get(feature) ?? 0) * this.#damping();
  }

  get bias(): number {
    this.#fit();
    return this.#bias * this.#damping();
  }

  #damping(): number {
    return this.#lessons.length / (this.#lessons.length + DAMPED);
  }

  #fit(): Map<string, number> {
    if (this.#weights !== null) return this.#weights;
    const weights = new Map<string, number>();
    const squares = new Map<string, number>();
    this.#bias = 0;
    let biasSquares = 1;
    for (let pass = 0; pass < PASSES; pass += 1) {
      for (const { features, prior, value, accepted } of this.#lessons) {
        const sum = features.reduce((all, one) => all + (weights.get(one) ?? 0) * value, this.#bias + prior);
        const error = (accepted ? 1 : 0) - 1 / (1 + Math.exp(-sum));
        biasSquares += error * error;
        this.#bias += (RATE / Math.sqrt(biasSquares)) * error;
        for (const one of features) {
          const weight = weights.get(one) ?? 0;
          const slope = error * value - DECAY * weight;
          const square = (squares.get(one) ?? 0.1) + slope * slope;
          squares.set(one, square);
          weights.set(one, weight + (RATE / Math.sqrt(square)) * slope);
        }
      }
    }
    this.#weights = weights;
    return weights;
  }
}
