namespace CognitiveTools.Server.Requests;

/// <summary>
/// Parameters of the protocol that many clients send and that would change nothing in the answer: notes about the caller, what is to
/// be stored, how fast it should go. They are passed over, whatever their value; docs/serve.md names them.
/// </summary>
internal static class IgnoredParameters
{
    private static readonly string[] All =
    [
        "user", "safety_identifier", // callers are told apart by their keys
        "store", "metadata", // nothing is stored
        "service_tier", "prediction", // everything is made as fast as it can be
        "prompt_cache_key", "prompt_cache_retention", "prompt_cache_options", // a common beginning is reused by itself
        "parallel_tool_calls", // without tools there is nothing to call
    ];

    public static void Pass(JsonFields fields)
    {
        foreach (var name in All)
            fields.Any(name);
    }
}
