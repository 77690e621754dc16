using System.Globalization;
using CognitiveTools.Hosting;
using CognitiveTools.Identity;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Steering;

namespace CognitiveTools.Latent.Steering;

/// <summary>Makes <c>steer</c> reasoners; resolves the model when one is made.</summary>
internal sealed class SteeredReasonerFactory(ReasonerHost host) : IReasonerFactory
{
    public string Kind => "steer";

    public string Description => "A prompt with a control vector added to the residual stream.";

    public IReadOnlyList<ReasonerSetting> Settings { get; } =
    [
        new("vector", "", "FILE of the control vector (required; `cogtools models steer` makes one)"),
        new("strength", "1", "factor of the vector"),
        new("when", "first", "which steps are steered: first, decay, always"),
        new("rate", "0.5", "rate of the decay, 0 to 1"),
        new("layers", "all", "one layer or a range, for instance 8-16"),
        CommonSettings.Prompt,
        CommonSettings.Profile,
        new("seed", "1", "seed of the controls"),
        new("window", "16", "steps that the control timing draws from"),
        new("prefix", "Let's think step by step.", "text of the control prefix"),
        new("/random", "", "control: a random direction of the same norm"),
        new("/timing", "", "control: the vector at random later steps"),
        new("/prefix", "", "control: no vector; the answer begins with the text"),
    ];

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        var file = settings.Path("vector", "");
        if (file.Length == 0)
            throw new ArgumentException($"Reasoner '{spec}': name a control vector with vector=FILE; `cogtools models steer` makes one.");
        var files = host.Find<IControlVectorFiles>() ?? throw NoModel(spec);
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
            var unknown => throw new ArgumentException(
                $"Reasoner '{spec}': there is no control '{unknown}'. Known: random, timing, prefix.{PathHint(file, unknown)}"),
        };
        var vector = Within(files.Read(files.Find(file)), settings.Text("layers", ""), spec);
        var options = new SteeredOptions
        {
            Prompt = QuestionPrompt.Of(host.Profile(settings.Text("profile", "")), settings.Text("prompt", "direct"), spec),
            Plan = new(vector, schedule),
            Control = control,
            Seed = settings.Int32("seed", 1, 0),
            Window = settings.Int32("window", 16, 2, 4096),
            Prefix = settings.Text("prefix", "Let's think step by step."),
        };
        settings.RefuseUnread();
        var model = host.Find<ISteerableModel>() ?? throw NoModel(spec);
        try
        {
            return new SteeredReasoner(model, options, host.Time);
        }
        catch (ArgumentException misfit)
        {
            throw new ArgumentException($"Reasoner '{spec}': {misfit.Message}", misfit);
        }
    }

    public ReasonerInputs InputsOf(ReasonerSpec spec)
    {
        var inputs = new ReasonerInputs { Profile = spec.Settings.GetValueOrDefault("profile", "") };
        if (spec.Settings.GetValueOrDefault("vector", "") is not { Length: > 0 } vector)
            return inputs;
        var path = host.Find<IControlVectorFiles>()?.Find(vector) ?? Path.GetFullPath(vector);
        return inputs with { Files = SortedFacts.Of([new(vector, path)]) };
    }

    private static InvalidOperationException NoModel(ReasonerSpec spec) => new(
        $"Reasoner '{spec}': steering needs a llama.cpp model in this process; a model in a worker process or a remote one cannot be "
        + "steered. Register it with services.AddLlama(...); with cogtools, use --host inprocess.");

    // The last part of a path without a dot is read as a control.
    private static string PathHint(string file, string control) => file.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase)
        ? ""
        : $" If '{file}/{control}' is the file of the vector: a name without an ending is read as a control, so give the file one, "
            + "for instance .gguf.";

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
