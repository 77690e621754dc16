using CognitiveTools.Calls;
using CognitiveTools.Hosting;
using CognitiveTools.Reasoners;
using CognitiveTools.Tools;

namespace CognitiveTools.Loop;

/// <summary>Makes the tool loop from an arm's settings.</summary>
internal sealed class ToolLoopFactory(HostedParts parts) : IReasonerFactory
{
    public string Kind => "tools";

    public string Description =>
        "Cognitive tools as isolated calls. Settings: tools=NAME+NAME (all), style=json|python, bind=host|model, isolation=on|off|shuffled, calls=N, profile=NAME.";

    public IReasoner Create(ReasonerSpec spec)
    {
        var settings = new SettingsReader(spec);
        var names = settings.Text("tools", "").Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var style = settings.Text("style", "json", "json", "python");
        var bind = settings.Text("bind", "host", "host", "model");
        var isolation = Enum.Parse<ToolIsolation>(settings.Text("isolation", "on", "on", "off", "shuffled"), ignoreCase: true);
        var calls = settings.Int32("calls", -1, 0, 1_000);
        var profile = parts.Profile(settings.Text("profile", ""));
        settings.RefuseUnread();
        settings.RefuseControl();
        var options = new ToolLoopOptions
        {
            Style = style == "python" ? CallStyle.Python : CallStyle.Json,
            Binding = bind == "model" ? QuestionBinding.Model : QuestionBinding.Host,
            Isolation = isolation,
            ToolCalls = calls < 0 ? null : calls,
        };
        var invoker = parts.Required<IToolInvoker>("Call services.AddCognitiveTools().");
        if (isolation == ToolIsolation.Shuffled)
            invoker = new ShuffledToolInvoker(invoker, parts.Donors);
        return new CognitiveToolLoop(
            parts.Verbal, invoker, profile, parts.Required<ToolCatalog>("Call services.AddCognitiveTools().").Select(names), options, parts.Time);
    }
}
