using CognitiveTools.Tests.Node;

namespace CognitiveTools.Server.Tests;

/// <summary>OpenAI's own client for JavaScript.</summary>
public sealed class JavaScriptClient() : NodeClient("client");
