import type {
  AppControllerRoute,
  AppViewRoute,
  BullBoardQueues,
  ControllerHandlerReturnType,
  IServerAdapter,
  UIConfig,
} from '@bull-board/api/typings/app';

/** What Bull Board hands over to a server: kept, for our own routes to use. Its adapter for Fastify loosens the content policy. */
export class BoardAdapter implements IServerAdapter {
  queues: BullBoardQueues = new Map();
  staticPath = '';
  api: readonly AppControllerRoute[] = [];
  entries: readonly string[] = [];
  uiConfig: UIConfig = {};
  answerError: (error: Error) => ControllerHandlerReturnType = (error) => ({ status: 500, body: error.message });

  setQueues(queues: BullBoardQueues): this {
    this.queues = queues;
    return this;
  }

  /** The page around its client is our own. */
  setViewsPath(): this {
    return this;
  }

  setStaticPath(_: string, path: string): this {
    this.staticPath = path;
    return this;
  }

  setEntryRoute({ route }: AppViewRoute): this {
    this.entries = [route].flat();
    return this;
  }

  setErrorHandler(answer: (error: Error) => ControllerHandlerReturnType): this {
    this.answerError = answer;
    return this;
  }

  setApiRoutes(routes: AppControllerRoute[]): this {
    this.api = routes;
    return this;
  }

  setUIConfig(config: UIConfig): this {
    this.uiConfig = config;
    return this;
  }
}
