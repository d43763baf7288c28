/** Answers of one route. */
export interface RouteCounts {
  requests: number;
  /** Answers with status 4xx. */
  rejected: number;
  /** Answers with status 5xx. */
  failed: number;
}

/** What the demo backend has answered since it started. `GET /stats` returns it. */
export interface DemoStats {
  requests: number;
  /** By route as `METHOD /path`; what belongs to no route is under `other`. */
  routes: Record<string, RouteCounts>;
}

/** Counts answers by route. */
export class RequestCounts {
  private readonly routes = new Map<string, RouteCounts>();

  add(route: string, status: number): void {
    let counts = this.routes.get(route);
    if (!counts) {
      counts = { requests: 0, rejected: 0, failed: 0 };
      this.routes.set(route, counts);
    }
    counts.requests++;
    if (status >= 500) counts.failed++;
    else if (status >= 400) counts.rejected++;
  }

  snapshot(): DemoStats {
    const routes = Object.fromEntries([...this.routes].map(([route, counts]) => [route, { ...counts }]));
    return { requests: Object.values(routes).reduce((sum, { requests }) => sum + requests, 0), routes };
  }
}
