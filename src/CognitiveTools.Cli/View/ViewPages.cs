using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using CognitiveTools.Evals.Live;
using CognitiveTools.Evals.Reports;
using CognitiveTools.Evals.Runs;
using Microsoft.AspNetCore.Http;

namespace CognitiveTools.Cli.View;

/// <summary>The addresses of the live view: pages, events, transcripts, and the report of a run.</summary>
/// <param name="runs">The runs.</param>
/// <param name="time">Clock of the looks at the folders.</param>
/// <param name="stopping">Ends the events when the server stops.</param>
internal sealed class ViewPages(WatchedRuns runs, TimeProvider time, CancellationToken stopping)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary><c>/</c>: the list of runs, or the only run.</summary>
    public Task ListAsync(HttpContext context) =>
        runs.Only is { } run ? RunAsync(context, run) : HtmlAsync(context, LivePage.OfList());

    /// <summary><c>/events</c>: the list of runs, again whenever it changed.</summary>
    public Task ListEventsAsync(HttpContext context) => EventsAsync(context, () => LiveJson.Of(runs.Lines()));

    /// <summary><c>/runs/NAME/</c>: the live page of a run; of a finished run its report.</summary>
    public Task RunAsync(HttpContext context) => WithRunAsync(context, run => RunAsync(context, run));

    /// <summary><c>/runs/NAME/events</c>: the run, again whenever it changed.</summary>
    public Task RunEventsAsync(HttpContext context) => WithRunAsync(context, run => EventsAsync(context, () => LiveJson.Of(run.View())));

    /// <summary><c>/runs/NAME/report</c>: the report of the units that are finished.</summary>
    public Task ReportAsync(HttpContext context) => WithRunAsync(context, run => ReportAsync(context, run));

    /// <summary><c>/runs/NAME/unit?problem=P&amp;sample=N&amp;arm=A</c>: a unit that finished lately.</summary>
    public Task UnitAsync(HttpContext context) => WithRunAsync(context, run =>
    {
        var query = context.Request.Query;
        if (!int.TryParse(query["sample"], out var sample)
            || run.Find(new UnitKey(query["problem"].ToString(), query["arm"].ToString(), sample)) is not { } unit)
        {
            return ViewGuard.SayAsync(
                context, StatusCodes.Status404NotFound, "The unit is not among those that finished last. The report has its transcript.");
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(UnitDetail.Of(run.Directory, unit), context.RequestAborted);
    });

    private Task WithRunAsync(HttpContext context, Func<FollowedRun, Task> answer) =>
        runs.Find((string?)context.Request.RouteValues["run"] ?? "") is { } run
            ? answer(run)
            : ViewGuard.SayAsync(context, StatusCodes.Status404NotFound, "There is no run of this name. The list of runs is at /.");

    private Task RunAsync(HttpContext context, FollowedRun run) => run.View().HasReport
        ? ReportAsync(context, run)
        : HtmlAsync(context, LivePage.OfRun(run.Name, hasList: runs.Only is null));

    private static Task ReportAsync(HttpContext context, FollowedRun run) =>
        HtmlAsync(context, HtmlReport.Render(RunResult.Load(run.Directory)));

    private static Task HtmlAsync(HttpContext context, string html)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html, context.RequestAborted);
    }

    private async Task EventsAsync(HttpContext context, Func<string> look)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await TypedResults.ServerSentEvents(ChangesAsync(look, end.Token)).ExecuteAsync(context);
    }

    private async IAsyncEnumerable<SseItem<string>> ChangesAsync(
        Func<string> look, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sent = "";
        while (!cancellationToken.IsCancellationRequested)
        {
            var seen = look();
            if (seen != sent)
                yield return new SseItem<string>(sent = seen);
            await Task.Delay(BetweenLooks, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
