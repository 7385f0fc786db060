import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DeskNotice } from '../../model/desk.js';
import { USUAL, type Preferences } from '../../model/preferences.js';
import { personIn, type Flash, type SignedIn } from '../access.js';

/** What stands around every page of the desk. */
export interface Frame {
  readonly person: SignedIn;
  readonly csrf: string;
  readonly flash: Flash | null;
  readonly notices: readonly DeskNotice[];
  /** Incidents of published posts that wait for an editor's word. */
  readonly watching: number;
  /** Of the page itself, for the mark in the navigation. */
  readonly path: string;
  readonly preferences: Preferences;
}

export interface NoticeBoard {
  /** The open ones, newest first. */
  openNotices(): Promise<readonly DeskNotice[]>;
  /** How many incidents of published posts wait for an editor's word. */
  openWatches(): Promise<number>;
}

/** What the board says just now: the part of a frame that the database is asked for. */
export async function readBoard(board: NoticeBoard): Promise<Pick<Frame, 'notices' | 'watching'>> {
  const [notices, watching] = await Promise.all([board.openNotices(), board.openWatches()]);
  return { notices, watching };
}

/** Gathers the frame for one request. What was to be told once is told now. */
export async function openFrame(request: FastifyRequest, reply: FastifyReply, board: NoticeBoard): Promise<Frame> {
  return frameOf(request, reply, await readBoard(board));
}

/** The same with a board that was read already, beside what else the page asks for. */
export function frameOf(
  request: FastifyRequest,
  reply: FastifyReply,
  board: Pick<Frame, 'notices' | 'watching'>,
): Frame {
  const flash = request.session.flash ?? null;
  if (flash !== null) delete request.session.flash;
  return {
    person: personIn(request),
    csrf: reply.generateCsrf(),
    flash,
    ...board,
    path: request.url.split('?', 1)[0] ?? '/',
    preferences: request.preferences ?? USUAL,
  };
}
