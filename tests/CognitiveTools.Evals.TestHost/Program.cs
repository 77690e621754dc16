// Runs a suite of two scripted arms with two samples. Arguments: run directory, units that are answered (others wait until the process
// is killed), problems (125).
using System.Globalization;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.TestHost;
using CognitiveTools.Reasoners;

var directory = args[0];
var allowance = new Allowance(int.Parse(args[1], CultureInfo.InvariantCulture));
var count = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 125;
Problem[] problems = [.. Enumerable.Range(0, count).Select(i => new Problem($"p{i}", $"What is {i} + 1?", $"{i + 1}"))];
var suite = Suite.FromArms("direct,cot") with { Samples = 2, Temperature = 0.7f };
var catalog = new ReasonerCatalog([new ScriptedFactory("direct", allowance), new ScriptedFactory("cot", allowance)]);
var result = await EvalRun.ExecuteAsync(suite, problems, catalog, new RunOptions { Directory = directory, Concurrency = 4 });
Console.WriteLine($"finished {result.Units.Count} of {result.Header.Planned}");
