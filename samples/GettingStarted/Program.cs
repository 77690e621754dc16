using CognitiveTools.Llama.Workers;
using GettingStarted;

if (await LlamaWorkerHost.RunIfAskedAsync()) // the worker of step 7 is this program too
    return 0;

// dotnet run --project samples/GettingStarted -- 1
Dictionary<string, Func<TextWriter, Task>> steps = new(StringComparer.Ordinal)
{
    ["1"] = Step1EmbedInAnApp.RunAsync,
    ["2"] = Step2UseAsKernelPlugins.RunAsync,
    ["3"] = Step3AddATool.RunAsync,
    ["4"] = Step4UseARemoteModel.RunAsync,
    ["5"] = Step5CompareTwoReasoners.RunAsync,
    ["6"] = Step6ReasonLatently.RunAsync,
    ["7"] = Step7KeepTheEngineInAWorker.RunAsync,
    ["8"] = Step8WriteAThoughtRule.RunAsync,
};
if (args is not [var number] || !steps.TryGetValue(number, out var run))
{
    Console.Error.WriteLine("Name a step: dotnet run --project samples/GettingStarted -- 1 (to 8).");
    return 2;
}

await run(Console.Out);
return 0;
