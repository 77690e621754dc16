namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>What a server has refused so far, so that later requests leave it out from the start. One per client; thread-safe.</summary>
internal sealed class ServerLimits(OpenAICompatibleOptions options)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private volatile string _tokenLimitName = options.TokenLimitName;
    private volatile bool _usesResponses = options.Api == EndpointApis.Responses;
    private volatile bool _streams = options.Stream;

    /// <summary>The name under which the limit of tokens is sent.</summary>
    public string TokenLimitName => _tokenLimitName;

    /// <summary>Whether requests go to the Responses API.</summary>
    public bool UsesResponses => _usesResponses;

    /// <summary>Whether answers are requested as streams.</summary>
    public bool Streams => _streams;

    /// <summary>Whether streams were asked for and the server refused them.</summary>
    public bool HasRefusedStreams => options.Stream && !_streams;

    /// <summary>Whether the server refuses a parameter, by its name in requests.</summary>
    public bool Refuses(string parameter)
    {
        lock (_gate)
            return _refused.Contains(parameter);
    }

    /// <summary>Notes that the server refuses a parameter.</summary>
    /// <returns>Whether that is new.</returns>
    public bool Refuse(string parameter)
    {
        lock (_gate)
            return _refused.Add(parameter);
    }

    /// <summary>Sends the limit of tokens under its other name from now on.</summary>
    /// <returns>Whether the request is worth another try.</returns>
    public bool RenameTokenLimit(string refused)
    {
        lock (_gate)
        {
            if (refused != _tokenLimitName)
                return true; // another request has learned it
            _refused.Add(refused);
            var other = refused == TokenLimitPolicy.Common ? TokenLimitPolicy.Modern : TokenLimitPolicy.Common;
            if (_refused.Contains(other))
                return false;
            _tokenLimitName = other;
            return true;
        }
    }

    /// <summary>Asks for whole answers from now on.</summary>
    /// <returns>Whether streams had been asked for.</returns>
    public bool StopStreams()
    {
        var had = _streams;
        _streams = false;
        return had;
    }

    /// <summary>Sends requests to the Responses API from now on.</summary>
    /// <returns>Whether they went to chat completions before, and the options allow both.</returns>
    public bool UseResponses()
    {
        var changes = !_usesResponses && options.Api == EndpointApis.Automatic;
        _usesResponses |= changes;
        return changes;
    }
}
