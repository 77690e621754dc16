using System.Globalization;
using CognitiveTools.Hosting;
using CognitiveTools.Identity;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Steering;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Latent.Steering;

/// <summary>Makes <c>steer</c> reasoners; the model is asked for when one is made.</summary>
internal sealed class SteeredReasonerFactory(IServiceProvider services, HostProfiles profiles) : IReasonerFactory
{
    public string Kind => "steer";

    public string Description =>
        "A prompt with a control vector added to the residual stream. Settings: vector=FILE, strength=S (1), when=first|decay|always (first), rate=0..1 of a decay (0.5), "
        + "layers=A-B (all), prompt=NAME (direct), profile=NAME, seed=N (1), window=N (16), prefix=TEXT. Controls: random (direction of equal norm), timing (random steps), prefix (no vector, the answer begins with the text).";

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        var file = settings.Path("vector", "");
        if (file.Length == 0)
            throw new ArgumentException($"Reasoner '{spec}': name a control vector with vector=FILE; `cogtools models steer` makes one.");
        var files = services.GetService<IControlVectorFiles>() ?? throw NoModel(spec);
        var strength = settings.Single("strength", 1, -1000, 1000);
        var when = settings.Text("when", "first", "first", "decay", "always");
        var rate = settings.Single("rate", 0.5f, 0.01f, 0.99f);
        var schedule = when switch
        {
            "first" => SteeringSchedule.First(strength),
            "decay" => SteeringSchedule.Decaying(strength, rate),
            _ => SteeringSchedule.Always(strength),
        };
        var control = spec.Control switch
        {
            null => SteeringControl.None,
            "random" => SteeringControl.Random,
            "prefix" => SteeringControl.Prefix,
            "timing" => SteeringControl.Timing,
            var unknown => throw new ArgumentException($"Reasoner '{spec}': there is no control '{unknown}'. Known: random, timing, prefix.{PathHint(file, unknown)}"),
        };
        var vector = Within(files.Read(files.Find(file)), settings.Text("layers", ""), spec);
        var options = new SteeredOptions
        {
            Prompt = QuestionPrompt.Of(profiles.Prompts(settings.Text("profile", "")), settings.Text("prompt", "direct"), spec),
            Plan = new(vector, schedule),
            Control = control,
            Seed = settings.Int32("seed", 1, 0),
            Window = settings.Int32("window", 16, 2, 4096),
            Prefix = settings.Text("prefix", "Let's think step by step."),
        };
        settings.RefuseUnread();
        var model = services.GetService<ISteerableModel>() ?? throw NoModel(spec);
        try
        {
            return new SteeredReasoner(model, options, services.GetService<TimeProvider>());
        }
        catch (ArgumentException misfit)
        {
            throw new ArgumentException($"Reasoner '{spec}': {misfit.Message}", misfit);
        }
    }

    public ReasonerInputs InputsOf(ReasonerSpec spec)
    {
        var vector = spec.Settings.GetValueOrDefault("vector", "");
        return new ReasonerInputs
        {
            Profile = spec.Settings.GetValueOrDefault("profile", ""),
            Files = vector.Length == 0 ? SortedFacts.None : SortedFacts.Of([new(vector, services.GetService<IControlVectorFiles>()?.Find(vector) ?? Path.GetFullPath(vector))]),
        };
    }

    private static InvalidOperationException NoModel(ReasonerSpec spec) => new(
        $"Reasoner '{spec}': steering writes into the layers of a llama.cpp model in this process, neither of one in a worker process nor of a remote one. Register it with services.AddLlama(...); cogtools takes --host inprocess.");

    // A path without a dot in its last name reads like a path and a control.
    private static string PathHint(string file, string control) => file.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase)
        ? ""
        : $" If '{file}/{control}' is the file of the vector: a name without an ending is read as a control, so give the file one, for instance .gguf.";

    private static ControlVector Within(ControlVector vector, string layers, ReasonerSpec spec)
    {
        if (layers.Length == 0)
            return vector;
        var ends = layers.Split('-');
        if (ends.Length <= 2
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last))
            return vector.Within(first, last);
        throw new ArgumentException($"Reasoner '{spec}': 'layers={layers}' must be one layer or a range, for instance 8-16.");
    }
}
