namespace CognitiveTools.Sandbox.JavaScript;

/// <summary>Stops the interpreter when the program floods its output. The program cannot catch a .NET exception.</summary>
internal sealed class OutputFloodException() : Exception("The program flooded its output.");
