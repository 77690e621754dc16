using CognitiveTools.Tests.Node;

namespace CognitiveTools.Cli.Tests.Mcp;

/// <summary>The Model Context Protocol's own client.</summary>
public sealed class McpClient() : NodeClient("Mcp", "client");
