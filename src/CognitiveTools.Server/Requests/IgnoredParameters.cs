namespace CognitiveTools.Server.Requests;

/// <summary>
/// Parameters of the protocol that many clients send and that do not affect the answer: information about the caller, storage,
/// priority. They are ignored with any value; docs/serve.md lists them.
/// </summary>
internal static class IgnoredParameters
{
    private static readonly string[] All =
    [
        "user", "safety_identifier", // callers are identified by their keys
        "store", "metadata", // nothing is stored
        "service_tier", "prediction", // there is one priority
        "prompt_cache_key", "prompt_cache_retention", "prompt_cache_options", // prefixes are always reused
    ];

    public static void Pass(JsonFields fields)
    {
        foreach (var name in All)
            fields.Any(name);
    }
}
