using System.CommandLine;
using CognitiveTools.Cli.Help;

namespace CognitiveTools.Cli.Hosting;

/// <summary>The options of commands that can use a remote model.</summary>
internal sealed class EndpointOptions
{
    /// <summary>The variable that holds the key, unless an option names another one.</summary>
    public const string DefaultKeyVariable = "COGTOOLS_API_KEY";

    private readonly Option<string?> _address = new("--endpoint")
    {
        Description = "Use the model of a server that speaks OpenAI's chat completions, for instance http://127.0.0.1:8080/v1; "
            + "needs --endpoint-model",
        HelpName = "URL",
    };

    private readonly Option<string?> _model = new("--endpoint-model")
    {
        Description = "The model's name at the endpoint",
        HelpName = "NAME",
    };

    private readonly Option<string?> _key = new("--endpoint-key-variable")
    {
        Description = $"Environment variable that holds the endpoint's key [default: {DefaultKeyVariable}, if set]",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        command.AddGroup(HelpGroup.Model, _address, _model, _key);
    }

    /// <summary>The model chosen, with the endpoint in place of a local model if one is given.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public ModelChoice Read(ParseResult parse, ModelChoice choice)
    {
        var (address, model, key) = (parse.GetValue(_address), parse.GetValue(_model), parse.GetValue(_key));
        if (address is null)
        {
            return model is null && key is null
                ? choice
                : throw new ArgumentException($"{(model is null ? _key : _model).Name} belongs to {_address.Name}, which is not given.");
        }

        if (model is null)
            throw new ArgumentException($"{_address.Name} needs {_model.Name}: the name that the server has for its model.");
        if (choice.Reference is not null)
            throw new ArgumentException($"Give --model for a local model or {_address.Name} for a remote one, not both.");
        var isDefaultKeySet = Environment.GetEnvironmentVariable(DefaultKeyVariable) is { Length: > 0 };
        return choice with { Endpoint = new EndpointChoice(address, model, key ?? (isDefaultKeySet ? DefaultKeyVariable : null)) };
    }
}
