namespace CognitiveTools.Server.Wire;

internal sealed record ModelList(string Object, IReadOnlyList<ModelItem> Data);

internal sealed record ModelItem(string Id, string Object, long Created, string OwnedBy);
