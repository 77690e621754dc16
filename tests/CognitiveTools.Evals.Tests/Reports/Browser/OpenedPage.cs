using System.Collections.Concurrent;
using PuppeteerSharp;

namespace CognitiveTools.Evals.Tests.Reports.Browser;

/// <summary>A page with what it complained about and asked for.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly ConcurrentQueue<string> _requests = [];

    public OpenedPage(IPage page)
    {
        Page = page;
        page.Console += (_, e) => _complaints.Enqueue($"{e.Message.Type}: {e.Message.Text}");
        page.PageError += (_, e) => _complaints.Enqueue(e.Message);
        page.Dialog += (_, e) => _complaints.Enqueue($"dialog: {e.Dialog.Message}");
        page.Request += (_, e) => _requests.Enqueue(e.Request.Url);
    }

    public IPage Page { get; }

    /// <summary>Everything written to the console, uncaught errors and dialogs.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Addresses of all requests, the page's own first.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public Task<T> EvalAsync<T>(string expression) => Page.EvaluateExpressionAsync<T>(expression);

    public Task<string> TextAsync(string selector) =>
        Page.EvaluateFunctionAsync<string>("s => document.querySelector(s).innerText", selector);

    public Task<int> CountAsync(string selector) =>
        Page.EvaluateFunctionAsync<int>("s => document.querySelectorAll(s).length", selector);

    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
            await Page.Keyboard.PressAsync(key);
    }

    public Task WaitAsync(string condition) => Page.WaitForExpressionAsync(condition, new WaitForFunctionOptions { Timeout = 10_000 });

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
