using System.Runtime.CompilerServices;

// Every structure and signature of the binding is blittable, so calls cost no marshalling stub.
[assembly: DisableRuntimeMarshalling]
